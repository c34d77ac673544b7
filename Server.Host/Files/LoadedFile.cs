using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>A file as it was loaded, or what stands at the path instead of one.</summary>
/// <param name="Kind">What stands at the path.</param>
/// <param name="Entry">The file, held once for the receiver; null unless <paramref name="Kind"/> is
/// <see cref="FileKind.File"/>, and it isn't being written.</param>
/// <param name="Stamp">The state of the file that <paramref name="Entry"/> shows.</param>
/// <param name="IsStable">False if the file was being written all the time: the entry is good for one answer only.</param>
/// <param name="IsBeingWritten">Whether somebody is, or may be, in the middle of writing it: then there is no entry.</param>
/// <param name="Cold">The file, owned by the receiver, if its content would have to be waited for: then there is no entry
/// either.</param>
internal readonly record struct LoadedFile(
    FileKind Kind,
    FileEntry? Entry,
    FileStamp Stamp,
    bool IsStable,
    bool IsBeingWritten = false,
    SafeFileHandle? Cold = null
);
