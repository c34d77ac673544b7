namespace Coroutines.Tests.Server.Files;

/// <summary>A folder of one scenario's own, removed with it. Within it, <c>root</c> is served and the rest is not.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public const string Secret = "nobody may read this";

    public TemporaryFolder()
    {
        Top = Directory.CreateTempSubdirectory("files-").FullName;
        Root = Directory.CreateDirectory(Path.Combine(Top, "root")).FullName;
    }

    public string Top { get; }

    public string Root { get; }

    public void Dispose() => Directory.Delete(Top, recursive: true);

    public string InRoot(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file inside the root.</summary>
    public string Write(string path, string content) => WriteAt(InRoot(path), content);

    /// <summary>Writes a file with the secret, outside the root.</summary>
    public string WriteSecret(string path) => WriteAt(Path.Combine(Top, path), Secret);

    public void Link(string path, string target) => File.CreateSymbolicLink(InRoot(path), target);

    private static string WriteAt(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
