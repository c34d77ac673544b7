using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: the Date field is written once a second.</summary>
public sealed class DateFieldScenarios
{
    private readonly SetClock clock = new() { Now = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero) };
    private readonly DateField field;

    public DateFieldScenarios() => field = new(clock);

    [Test]
    public void It_is_a_whole_field_line()
    {
        Text(field.Line).ShouldBe("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
        Text(field.Value).ShouldBe("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    [TestCase(9_999_999, "08:49:37")]
    [TestCase(10_000_000, "08:49:38")]
    [TestCase(-1, "08:49:36")]
    public void It_changes_with_the_second(long ticks, string time)
    {
        Text(field.Line).ShouldContain("08:49:37");
        clock.Now += TimeSpan.FromTicks(ticks);
        Text(field.Line).ShouldContain(time);
    }

    [Test]
    public void It_allocates_nothing_not_even_when_it_changes()
    {
        ReadForSeconds(2);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = ReadForSeconds(1_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        (allocated, bytes).ShouldBe((0, 37_000));
    }

    private int ReadForSeconds(int seconds)
    {
        var bytes = 0;
        for (var second = 0; second < seconds; second++, clock.Now += TimeSpan.FromSeconds(1))
            bytes += field.Line.Length;
        return bytes;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
