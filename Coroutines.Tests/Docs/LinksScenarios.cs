namespace Coroutines.Tests.Docs;

/// <summary>Feature: every link of a page within the repository leads somewhere.</summary>
public sealed class LinksScenarios
{
    private static IEnumerable<TestCaseData> Links =>
        from page in Repository.Pages
        from link in page.RelativeLinks().Distinct()
        select new TestCaseData(page.Path, link);

    [TestCaseSource(nameof(Links))]
    public void A_link_leads_to_a_file_and_a_heading(string page, string link)
    {
        var (file, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = Path.Combine(Path.GetDirectoryName(page)!, file.Length > 0 ? file : Path.GetFileName(page));
        var full = Path.Combine(Repository.Root, target);
        Path.Exists(full).ShouldBeTrue($"{page} links to '{link}', which doesn't exist.");
        if (anchor is not null)
            Repository.Page(target).Anchors().ShouldContain(anchor, $"{page} links to '{link}'.");
    }

    [Test]
    public void Every_decision_is_in_the_index()
    {
        var index = Repository.Page("docs/adr/README.md").RelativeLinks();
        var decisions = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "adr"), "0*.md");
        decisions.Select(Path.GetFileName).Except(index).ShouldBeEmpty();
    }
}
