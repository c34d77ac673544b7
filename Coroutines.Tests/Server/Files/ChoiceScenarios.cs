using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: of what there is, a client gets what it likes best; of equals what costs least to send and to make.
/// </summary>
public sealed class ChoiceScenarios
{
    private static readonly CodingWeights All = new(1, 1000, 1000, 1000);

    private CodingSet siblings;
    private CodingSet compressed;
    private bool hasPlain = true;

    [Test]
    public void Of_equal_ones_Brotli_is_preferred_then_Zstandard_then_gzip_then_the_file_as_it_is()
    {
        GivenSiblings(ContentCoding.Gzip, ContentCoding.Zstandard, ContentCoding.Brotli);
        ThenItIs(All, Origin.Sibling, ContentCoding.Brotli);
        ThenItIs(All with { Brotli = 0 }, Origin.Sibling, ContentCoding.Zstandard);
        ThenItIs(All with { Brotli = 0, Zstandard = 0 }, Origin.Sibling, ContentCoding.Gzip);
        ThenItIs(All with { Identity = 1000 }, Origin.Sibling, ContentCoding.Brotli);
        ThenItIs(new(1, 0, 0, 0), Origin.Plain, ContentCoding.Identity);
    }

    [Test]
    public void The_larger_weight_goes_before_all_else()
    {
        GivenSiblings(ContentCoding.Gzip, ContentCoding.Brotli);
        ThenItIs(new(1, 999, 0, 1000), Origin.Sibling, ContentCoding.Gzip);
        ThenItIs(new(1000, 999, 0, 999), Origin.Plain, ContentCoding.Identity);
    }

    [Test]
    public void What_lies_there_goes_before_what_must_be_made()
    {
        GivenSiblings(ContentCoding.Gzip);
        compressed = default(CodingSet).With(ContentCoding.Brotli).With(ContentCoding.Gzip);
        ThenItIs(All, Origin.Sibling, ContentCoding.Gzip);
        ThenItIs(All with { Gzip = 999 }, Origin.Compressed, ContentCoding.Brotli);
        ThenItIs(All with { Gzip = 0 }, Origin.Compressed, ContentCoding.Brotli);
    }

    [Test]
    public void Who_wants_a_strong_tag_gets_what_is_made_only_if_nothing_else_is_taken()
    {
        compressed = default(CodingSet).With(ContentCoding.Gzip);
        ThenItIs(All, Origin.Compressed, ContentCoding.Gzip);
        ThenItIs(All with { PrefersStrong = true }, Origin.Plain, ContentCoding.Identity);
        ThenItIs(All with { PrefersStrong = true, Identity = 0 }, Origin.Compressed, ContentCoding.Gzip);
    }

    [Test]
    public void Without_the_file_itself_what_lies_beside_it_is_taken_by_who_takes_it()
    {
        GivenSiblings(ContentCoding.Brotli);
        hasPlain = false;
        ThenItIs(All, Origin.Sibling, ContentCoding.Brotli);
        ThenItIs(CodingWeights.Unstated, Origin.Sibling, ContentCoding.Brotli);
        ThenItIs(new(1, 0, 0, 1000), Origin.None, ContentCoding.Identity);
    }

    [Test]
    public void Nothing_is_forced_on_anybody()
    {
        ThenItIs(new(0, 1000, 1000, 1000), Origin.None, ContentCoding.Identity);
        ThenItIs(new(0, 0, 0, 0), Origin.None, ContentCoding.Identity);
    }

    private void GivenSiblings(params ContentCoding[] codings) =>
        siblings = codings.Aggregate(default(CodingSet), (set, coding) => set.With(coding));

    private void ThenItIs(CodingWeights weights, Origin origin, ContentCoding coding)
    {
        var choice = Choice.Of(siblings, compressed, hasPlain, weights);
        (choice.Origin, choice.Coding).ShouldBe((origin, coding));
    }
}
