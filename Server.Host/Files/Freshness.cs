namespace Server.Host.Files;

/// <summary>Tells whether what is kept of a file is still right.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class Freshness(
    IFileRoot root,
    TimeProvider clock,
    TimeSpan recheckAfter,
    Siblings siblings,
    ColdFiles coldFiles
)
{
    /// <summary>Whether it is: for a while it is believed, then the file is looked at, and what lies coded beside it.</summary>
    /// <exception cref="IOException">As for <see cref="IFileRoot.Locate"/>.</exception>
    public bool IsRight(CachedFile cached) =>
        IsFresh(cached) ? cached.Entry is not { HasChanged: true } : IsUnchanged(cached);

    private bool IsFresh(CachedFile cached) => clock.GetElapsedTime(cached.CheckedAt) < recheckAfter;

    private bool IsUnchanged(CachedFile cached)
    {
        if (!cached.IsSettled || coldFiles.IsCold(cached.File))
            return false;
        using var visit = new Visit(root);
        var now = clock.GetTimestamp();
        var expected = cached.Entry is null ? default : new Located(FileKind.File, cached.Stamp);
        if (
            root.Locate(cached.File) != expected
            || siblings.Find(cached.File, cached.Entry is null ? null : cached.Stamp) != cached.Siblings
        )
            return false;
        cached.CheckedAt = now;
        return true;
    }
}
