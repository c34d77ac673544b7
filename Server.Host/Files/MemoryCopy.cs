using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>A copy of a file in memory, with the room that it takes there until it is disposed.</summary>
internal sealed class MemoryCopy : IDisposable
{
    private readonly TakenRoom taken;

    private MemoryCopy(SafeFileHandle handle, TakenRoom taken) => (Handle, this.taken) = (handle, taken);

    /// <summary>What it is read from.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes one; waits for the disk. Null if there is no room for it, or as for <see cref="MemoryFile.Copy"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The file was closed meanwhile.</exception>
    [SupportedOSPlatform("linux")]
    public static MemoryCopy? Make(SafeFileHandle file, long lengthBytes, CopyRoom room)
    {
        if (room.TryTake(lengthBytes) is not { } taken)
            return null;
        SafeFileHandle? copy = null;
        try
        {
            copy = MemoryFile.Copy(file, lengthBytes);
            return copy is null ? null : new(copy, taken);
        }
        finally
        {
            if (copy is null)
                taken.Dispose();
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        taken.Dispose();
    }
}
