using System.Text;

namespace Server.Host.Comparing;

/// <summary>A folder with one page of a kilobyte, which is deleted at the end.</summary>
internal sealed class GeneratedSite : IDisposable
{
    private const int PageBytes = 1_024;
    private const string Name = "index.html";

    public GeneratedSite()
    {
        var text = "<!doctype html><title>A page</title><p>".PadRight(PageBytes, '.');
        Page = new("/" + Name, Encoding.ASCII.GetBytes(text));
        File.WriteAllText(Path.Combine(Root, Name), text);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("compare-").FullName;

    public Page Page { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
