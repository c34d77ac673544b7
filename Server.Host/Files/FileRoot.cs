namespace Server.Host.Files;

/// <summary>Chooses how the served folder is guarded: by descriptors on Linux, by names elsewhere.</summary>
internal static class FileRoot
{
    /// <param name="folder">The folder to serve: absolute or relative to the working directory, or a link to one.</param>
    /// <exception cref="DirectoryNotFoundException"><paramref name="folder"/> isn't a folder.</exception>
    public static IFileRoot At(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
            throw new DirectoryNotFoundException($"The root must be a folder, but '{full}' isn't one.");
        return (IFileRoot?)OnLinux(full) ?? new PortableFileRoot(full);
    }

    // A root that doesn't find itself has no /proc (a bare chroot) or no statx (Linux before 4.11).
    private static LinuxFileRoot? OnLinux(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var root = new LinuxFileRoot(folder);
        return root.Locate("."u8).Kind == FileKind.Folder ? root : null;
    }
}
