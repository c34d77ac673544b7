using System.Text;
using CsCheck;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a Range field names parts of a file (RFC 9110, sections 14.1 and 14.2).</summary>
public sealed class RangeFieldScenarios
{
    private const long Length = 1_000;

    private readonly RangeSet ranges = new();
    private RangeResult result;

    [TestCase("bytes=0-0", "0-0")]
    [TestCase("bytes=0-499", "0-499")]
    [TestCase("bytes=999-999", "999-999")]
    [TestCase("bytes=500-", "500-999")]
    [TestCase("bytes=0-", "0-999")]
    [TestCase("bytes=-1", "999-999")]
    [TestCase("bytes=-1000", "0-999")]
    [TestCase("bytes=-5000", "0-999")]
    [TestCase("bytes=990-5000", "990-999")]
    [TestCase("bytes=00000000000000000000000000000000007-8", "7-8")]
    [TestCase("bytes=7-99999999999999999999999999999999999", "7-999")]
    [TestCase("bytes=-99999999999999999999999999999999999", "0-999")]
    [TestCase("BYTES=1-2", "1-2")]
    public void One_range_is_read(string value, string expected) => ThenTheyAre(value, expected);

    [TestCase("bytes=0-0,2-2", "0-0 2-2")]
    [TestCase("bytes=500-600, 0-9 ,-1", "500-600 0-9 999-999")]
    [TestCase("bytes=,\t0-0 ,, 2-2,", "0-0 2-2")]
    public void Several_ranges_are_read_in_their_order(string value, string expected) => ThenTheyAre(value, expected);

    [TestCase("bytes=0-4,5-9", "0-9")]
    [TestCase("bytes=5-9,0-4", "0-9")]
    [TestCase("bytes=0-9,0-9,0-9", "0-9")]
    [TestCase("bytes=0-9,500-,3-20", "0-20 500-999")]
    [TestCase("bytes=500-,0-9,100-200,5-150", "500-999 0-200")]
    [TestCase("bytes=0-0,2-2,4-4,1-3", "0-4")]
    [TestCase("bytes=0-,-1", "0-999")]
    public void What_overlaps_or_touches_becomes_one_where_the_first_stood(string value, string expected) =>
        ThenTheyAre(value, expected);

    [TestCase("bytes=0-0,1000-", "0-0")]
    [TestCase("bytes=-0,3-4", "3-4")]
    public void What_lies_behind_the_end_is_left_out(string value, string expected) => ThenTheyAre(value, expected);

    [TestCase("bytes=1000-")]
    [TestCase("bytes=1000-1001")]
    [TestCase("bytes=1000-,2000-3000")]
    [TestCase("bytes=-0")]
    [TestCase("bytes=-000")]
    [TestCase("bytes=9223372036854775807-")]
    [TestCase("bytes=9223372036854775808-")]
    [TestCase("bytes=99999999999999999999-99999999999999999999")]
    [TestCase("bytes=99999999999999999998-99999999999999999999")]
    public void None_of_them_there_cannot_be_satisfied(string value) => ThenItIs(RangeResult.Unsatisfiable, value);

    [TestCase("")]
    [TestCase("bytes")]
    [TestCase("bytes=")]
    [TestCase("bytes=,")]
    [TestCase("bytes=-")]
    [TestCase("bytes=--1")]
    [TestCase("bytes=1")]
    [TestCase("bytes=a-b")]
    [TestCase("bytes=1-2x")]
    [TestCase("bytes=+1-2")]
    [TestCase("bytes=1-+2")]
    [TestCase("bytes=1 - 2")]
    [TestCase("bytes=1-2-3")]
    [TestCase("bytes=0x1-2")]
    [TestCase("bytes=5-4")]
    [TestCase("bytes=99999999999999999999-99999999999999999998")]
    [TestCase("bytes=0-1;2-3")]
    [TestCase("bytes=0-1,5-4")]
    [TestCase("bytes=5000-,x")]
    [TestCase("bytes =0-1")]
    [TestCase("bytes: 0-1")]
    [TestCase("byte=0-1")]
    [TestCase("lines=0-1")]
    [TestCase("seconds=1-2")]
    [TestCase("=0-1")]
    [TestCase("0-1")]
    public void Another_unit_or_what_is_malformed_is_ignored(string value) => ThenItIs(RangeResult.Ignored, value);

    [TestCase(200, RangeResult.Satisfiable)]
    [TestCase(201, RangeResult.Ignored)]
    public void Up_to_200_ranges_are_looked_at(int count, object expected) =>
        ThenItIs(
            (RangeResult)expected,
            "bytes=" + string.Join(',', Enumerable.Range(0, count).Select(i => $"{2 * i}-{2 * i}"))
        );

    [TestCase("bytes=0-", RangeResult.Unsatisfiable)]
    [TestCase("bytes=0-0", RangeResult.Unsatisfiable)]
    [TestCase("bytes=-0", RangeResult.Unsatisfiable)]
    [TestCase("bytes=-1", RangeResult.Ignored)]
    public void Nothing_has_no_first_byte_but_all_of_it_may_be_sent(string value, object expected) =>
        RangeField.Read(Encoding.ASCII.GetBytes(value), lengthBytes: 0, ranges).ShouldBe((RangeResult)expected);

    [Test]
    public void Merged_ranges_cover_what_was_asked_for_once() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20])
            .Array[1, 40]
            .Sample(asked =>
            {
                var set = new RangeSet();
                foreach (var (first, length) in asked)
                    set.Add(new(first, length));
                var parts = Enumerable.Range(0, set.Count).Select(i => set[i]).OrderBy(part => part.First).ToList();
                var covered = parts.SelectMany(part => Positions(part.First, part.LengthBytes)).ToList();
                covered.ShouldBe(asked.SelectMany(part => Positions(part.Item1, part.Item2)).Distinct().Order());
                parts.Zip(parts.Skip(1)).ShouldAllBe(pair => pair.First.Last + 1 < pair.Second.First);
            });

    private static IEnumerable<long> Positions(long first, long length)
    {
        for (var position = first; position < first + length; position++)
            yield return position;
    }

    private void ThenTheyAre(string value, string expected)
    {
        ThenItIs(RangeResult.Satisfiable, value);
        string.Join(' ', Enumerable.Range(0, ranges.Count).Select(i => $"{ranges[i].First}-{ranges[i].Last}"))
            .ShouldBe(expected);
    }

    private void ThenItIs(RangeResult expected, string value)
    {
        result = RangeField.Read(Encoding.ASCII.GetBytes(value), Length, ranges);
        result.ShouldBe(expected);
        if (result != RangeResult.Satisfiable)
            ranges.Count.ShouldBe(0);
    }
}
