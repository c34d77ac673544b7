namespace Server.Host.Files;

/// <summary>What a path inside the root leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing that may be served: no such file, a file that isn't readable, neither file nor folder (FIFO,
    /// socket, device), a name that is too long, a loop of links, or a link out of the root.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,
}
