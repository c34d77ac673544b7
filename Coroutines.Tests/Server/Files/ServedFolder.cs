using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>A temporary folder behind a cache, as a connection sees it.</summary>
internal sealed class ServedFolder : IDisposable
{
    public ServedFolder(FileCacheLimits? limits = null, Func<string, IFileRoot>? root = null)
    {
        Cache = new(root?.Invoke(Folder.Root) ?? FileRoot.At(Folder.Root), Clock, limits ?? new());
    }

    public TemporaryFolder Folder { get; } = new();

    // Far behind all the files' times, so that those are settled.
    public FixedClock Clock { get; } = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FileCache Cache { get; }

    public void Dispose()
    {
        Cache.Dispose();
        Folder.Dispose();
    }

    public Lookup Find(string rawPath) => Cache.Find(Encoding.UTF8.GetBytes(rawPath));

    public LookupKind KindOf(string rawPath)
    {
        using var lookup = Find(rawPath);
        return lookup.Kind;
    }

    /// <summary>The content under a path, or null if there is none.</summary>
    public string? ContentOf(string rawPath)
    {
        using var lookup = Find(rawPath);
        return lookup.Entry is { } entry ? ContentOf(entry) : null;
    }

    public static string ContentOf(FileEntry entry)
    {
        if (entry.Handle is not { } handle)
            return Encoding.UTF8.GetString(entry.Content.Span);
        var content = new byte[entry.LengthBytes];
        return Encoding.UTF8.GetString(content, 0, RandomAccess.Read(handle, content, 0));
    }
}
