namespace Coroutines.Tests.Docs;

/// <summary>The files of the repository that these tests were built from.</summary>
internal static class Repository
{
    private const string Mark = "Coroutines.slnx";

    /// <summary>The folder at the top.</summary>
    public static string Root { get; } = Find(TestContext.CurrentContext.TestDirectory);

    /// <summary>The site that a user sees first.</summary>
    public static string Site => Path.Combine(Root, "www");

    /// <summary>The pages whose code must run: README.md and everything below docs/.</summary>
    public static IEnumerable<MarkdownPage> PagesWithCode =>
        [Page("README.md"), .. Directory.GetFiles(InDocs, "*.md", SearchOption.AllDirectories).Select(Page)];

    /// <summary>The pages whose links must lead somewhere.</summary>
    public static IEnumerable<MarkdownPage> Pages =>
        [.. PagesWithCode, Page("CONTRIBUTING.md"), Page("CHANGELOG.md"), PageOfThePackage];

    /// <summary>The page that is shown with the package, where nothing else of the repository is at hand.</summary>
    public static MarkdownPage PageOfThePackage => Page("Coroutines/README.md");

    private static string InDocs => Path.Combine(Root, "docs");

    public static MarkdownPage Page(string path)
    {
        var full = Path.Combine(Root, path);
        return new MarkdownPage(Path.GetRelativePath(Root, full).Replace('\\', '/'), File.ReadAllText(full));
    }

    private static string Find(string folder)
    {
        for (string? here = folder; here is not null; here = Path.GetDirectoryName(here))
        {
            if (File.Exists(Path.Combine(here, Mark)))
                return here;
        }
        throw new DirectoryNotFoundException($"No folder above '{folder}' holds {Mark}.");
    }
}
