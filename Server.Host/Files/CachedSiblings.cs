namespace Server.Host.Files;

/// <summary>Answers with the files that lie coded beside others; those used last come from memory.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class CachedSiblings(
    RecentFiles files,
    FileLoader loader,
    Siblings siblings,
    ColdFiles coldFiles,
    Freshness freshness,
    Copier copier,
    TimeProvider clock
)
{
    private readonly CodingKey keys = new();

    /// <summary>Answers with the one of a coding; null if it has gone.</summary>
    /// <exception cref="IOException">As for <see cref="IFileRoot.Locate"/>.</exception>
    public Lookup? Find(CachedFile file, ContentCoding coding)
    {
        var key = keys.OfSibling(file.File, coding);
        if (files.TryGet(key, out var cached))
        {
            if (freshness.IsRight(cached))
            {
                files.Touch(cached);
                cached.Entry!.Acquire();
                return copier.Find(cached);
            }
            files.Remove(cached);
        }
        return Load(key, file, coding);
    }

    private Lookup? Load(ReadOnlySpan<byte> key, CachedFile file, ContentCoding coding)
    {
        var cold = coldFiles.Find(key);
        if (cold is { HasEnded: false })
            return ColdFiles.Await(cold);
        var checkedAt = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var path = siblings.PathOf(file.File, coding);
        var loaded = loader.Load(path, file.File, coding, coldFiles.WaitFor(cold));
        if (loaded.Cold is not null)
            return coldFiles.BeginContent(key, loaded);
        coldFiles.Forget(cold);
        if (loaded.Entry is null)
            return null;
        loaded.Entry.DateNoLaterThan(now);
        loaded.Entry.Varies = true;
        if (loaded.IsStable)
        {
            var isSettled = loaded.Stamp.IsSettledAt(now);
            files.Add(new(key, path, loaded.Stamp, loaded.Entry) { CheckedAt = checkedAt, IsSettled = isSettled });
        }
        return new(LookupKind.Found, loaded.Entry);
    }
}
