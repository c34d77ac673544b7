namespace Server.Host.Debugger;

/// <summary>The files of the debugger's page, as they travel inside of the assembly.</summary>
internal static class PageFile
{
    private const string Prefix = "page/";

    /// <summary>The text of a file.</summary>
    /// <returns>Null if the page has no such file.</returns>
    public static string? Find(string name)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The text of a file that the page is known to have.</summary>
    public static string Text(string name) =>
        Find(name) ?? throw new InvalidOperationException($"The debugger's page has no file '{name}'.");
}
