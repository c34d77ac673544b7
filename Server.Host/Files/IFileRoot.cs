using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The folder that is served. Nothing outside of it is ever found or opened through it, unless
/// <see cref="FollowedLinks.All"/> links are followed.</summary>
/// <remarks>
/// <para>Symbolic links are followed as long as they end inside the root, dotfiles among their targets included: that
/// is how Kubernetes mounts its volumes. The root itself may be reached through links; they are followed anew each
/// time, so a release that is switched by a link is seen.</para>
/// <para>Paths are those that <see cref="TargetPath"/> accepts, in UTF-8: relative, not empty, without dot segments
/// and NUL. Belongs to one thread.</para>
/// </remarks>
internal interface IFileRoot
{
    /// <summary>Stands in the folder until <see cref="Leave"/>, as often as this was called: what is found in between is
    /// found in one folder, though a link to it may be switched meanwhile. See <see cref="Visit"/>.</summary>
    /// <exception cref="IOException">As for <see cref="Locate"/>.</exception>
    void Enter() { }

    /// <inheritdoc cref="Enter"/>
    void Leave() { }

    /// <summary>Whether anything stands at <paramref name="path"/>, even if it may not be served. The cheapest question of
    /// all.</summary>
    /// <exception cref="IOException">As for <see cref="Locate"/>.</exception>
    bool Exists(ReadOnlySpan<byte> path) => Locate(path).Kind != default;

    /// <summary>Finds what stands at <paramref name="path"/>, without opening it.</summary>
    /// <exception cref="IOException">The system failed: out of descriptors or memory, or a broken disk.</exception>
    Located Locate(ReadOnlySpan<byte> path);

    /// <summary>Opens the regular file at <paramref name="path"/> for reading, without ever blocking on what is not
    /// one.</summary>
    /// <exception cref="IOException">As for <see cref="Locate"/>.</exception>
    OpenedFile Open(ReadOnlySpan<byte> path);

    /// <summary>The present state of an opened file.</summary>
    /// <exception cref="IOException">As for <see cref="Locate"/>.</exception>
    FileStamp Stamp(SafeFileHandle file);

    /// <summary>Reads from a file what is in memory.</summary>
    /// <returns>How many bytes; 0 at its end; null if that would wait for the disk, or if nobody can tell.</returns>
    /// <exception cref="IOException">As for <see cref="Locate"/>.</exception>
    int? TryRead(SafeFileHandle file, Span<byte> destination, long position) =>
        RandomAccess.Read(file, destination, position);

    /// <summary>Has a stretch of a file in memory: waits for the disk. May be called on any thread.</summary>
    void Fetch(SafeFileHandle file, long position, long count) => PageCache.Fetch(file, position, count);

    /// <summary>What is to be done before <paramref name="path"/>, and what lies beside it, is looked up, on any thread: it
    /// waits for the disk, and tells whether there may be anything. Null if nothing is, or if nobody can tell.</summary>
    Func<bool>? WayTo(ReadOnlySpan<byte> path) => null;

    /// <summary>Whether anybody has an opened file open for writing at this moment; null if that can't be known.</summary>
    bool? HasWriter(SafeFileHandle file);
}
