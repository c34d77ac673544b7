using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>A file opened for reading, or what stands at the path instead of one.</summary>
/// <param name="Place">What stands at the path.</param>
/// <param name="Handle">The file, owned by the caller. Null if it isn't a file, and for an empty file that could not be
/// opened without the risk of blocking.</param>
internal readonly record struct OpenedFile(Located Place, SafeFileHandle? Handle);
