using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>A copy of a file in memory, with the room that it takes there until it is disposed.</summary>
internal sealed class MemoryCopy : IDisposable
{
    private readonly long lengthBytes;
    private readonly CopyRoom room;

    private MemoryCopy(SafeFileHandle handle, long lengthBytes, CopyRoom room) =>
        (Handle, this.lengthBytes, this.room) = (handle, lengthBytes, room);

    /// <summary>What it is read from.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes one; waits for the disk. Null if there is no room for it, or as for <see cref="MemoryFile.Copy"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The file was closed meanwhile.</exception>
    [SupportedOSPlatform("linux")]
    public static MemoryCopy? Make(SafeFileHandle file, long lengthBytes, CopyRoom room)
    {
        if (!room.TryTake(lengthBytes))
            return null;
        MemoryCopy? copy = null;
        try
        {
            if (MemoryFile.Copy(file, lengthBytes) is { } handle)
                copy = new(handle, lengthBytes, room);
            return copy;
        }
        finally
        {
            if (copy is null)
                room.GiveBack(lengthBytes);
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        room.GiveBack(lengthBytes);
    }
}
