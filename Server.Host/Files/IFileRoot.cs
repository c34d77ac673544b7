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

    /// <summary>Whether anybody has an opened file open for writing at this moment; null if that can't be known.</summary>
    bool? HasWriter(SafeFileHandle file);
}
