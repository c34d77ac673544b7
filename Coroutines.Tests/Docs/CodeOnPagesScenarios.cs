namespace Coroutines.Tests.Docs;

/// <summary>Feature: all code on the pages is code that runs in these tests.</summary>
public sealed class CodeOnPagesScenarios
{
    private readonly IReadOnlyDictionary<string, string> samples = Samples.Read(
        Path.Combine(Repository.Root, "Coroutines.Tests", "Docs")
    );

    private static IEnumerable<TestCaseData> Blocks =>
        from page in Repository.PagesWithCode
        from block in page.CodeBlocks()
        select new TestCaseData(block).SetArgDisplayNames(block.ToString());

    [TestCaseSource(nameof(Blocks))]
    public void A_block_is_the_sample_that_it_claims_to_be(object claimed)
    {
        var block = (CodeBlock)claimed; // internal, and scenarios are public
        block.Sample.ShouldNotBeNull($"{block} must be preceded by a line '<!-- sample: name -->'.");
        samples.ShouldContainKey(block.Sample, block.ToString());
        block.Text.ShouldBe(samples[block.Sample], block.ToString());
    }

    [Test]
    public void Every_sample_is_on_a_page()
    {
        var shown = Repository.PagesWithCode.SelectMany(page => page.CodeBlocks()).Select(block => block.Sample);
        samples.Keys.Except(shown.OfType<string>()).ShouldBeEmpty();
    }

    [Test]
    public void The_first_page_shows_the_echo_coroutine()
    {
        Repository.Page("README.md").CodeBlocks().First().Sample.ShouldBe("echo");
    }
}
