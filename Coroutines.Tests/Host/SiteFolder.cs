namespace Coroutines.Tests.Host;

/// <summary>A folder to serve, of one scenario's own.</summary>
internal sealed class SiteFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("site-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of some length whose bytes differ from place to place, and returns them.</summary>
    public byte[] WriteBytes(string name, int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        File.WriteAllBytes(PathOf(name), content);
        return content;
    }

    public void WriteText(string name, string content) => File.WriteAllText(PathOf(name), content);

    /// <summary>Writes a file of so many zeros, which takes no room on the disk.</summary>
    public void WriteZeros(string name, int length)
    {
        using var file = File.Create(PathOf(name));
        file.SetLength(length);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
