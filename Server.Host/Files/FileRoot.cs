using System.Runtime.Versioning;

namespace Server.Host.Files;

/// <summary>Chooses how the served folder is guarded: by descriptors on Linux, by names elsewhere.</summary>
internal static class FileRoot
{
    /// <param name="folder">The folder to serve: absolute or relative to the working directory, or a link to one.</param>
    /// <param name="links">Which links inside of it are followed.</param>
    /// <exception cref="DirectoryNotFoundException"><paramref name="folder"/> isn't a folder.</exception>
    public static IFileRoot At(string folder, FollowedLinks links = FollowedLinks.Inside)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
            throw new DirectoryNotFoundException($"The root must be a folder, but '{full}' isn't one.");
        return Guard(full, links, proof: full);
    }

    /// <summary>The same for a folder that was there when the server started. Nothing is found in it while it is gone.
    /// </summary>
    public static IFileRoot AtFormer(string folder, FollowedLinks links) =>
        Guard(Path.GetFullPath(folder), links, proof: "/");

    private static IFileRoot Guard(string folder, FollowedLinks links, string proof) =>
        OperatingSystem.IsLinux() && FindsItself(proof)
            ? new LinuxFileRoot(folder, links)
            : new PortableFileRoot(folder, links);

    // A root that doesn't find itself has no /proc (a bare chroot) or no statx (Linux before 4.11).
    [SupportedOSPlatform("linux")]
    private static bool FindsItself(string folder) => new LinuxFileRoot(folder).Locate("."u8).Kind == FileKind.Folder;
}
