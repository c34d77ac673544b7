using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>Copies of files that lie in memory and have no name (memfd_create(2)). Sealed: nobody can write to one, so its
/// pages can be sent without a copy of their own.</summary>
[SupportedOSPlatform("linux")]
internal static class MemoryFile
{
    private const int PieceBytes = 1024 * 1024 * 1024; // sendfile(2) moves a little less than 2 GiB at the most

    private static ReadOnlySpan<byte> Name => "copy\0"u8; // for people, in /proc

    /// <summary>Copies a file from its beginning; waits for the disk. Null if it is shorter than said, or if the system has no
    /// memory or no descriptor for it.</summary>
    /// <exception cref="ObjectDisposedException"><paramref name="source"/> was closed meanwhile.</exception>
    public static SafeFileHandle? Copy(SafeFileHandle source, long lengthBytes)
    {
        var number = Libc.CreateMemoryFile(Name, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING);
        if (number < 0)
            return null;
        var copy = new SafeFileHandle(number, ownsHandle: true);
        var isSealed = false;
        try
        {
            isSealed = Fill(copy, source, lengthBytes) && Libc.Control(copy, Libc.F_ADD_SEALS, Libc.ALL_SEALS) >= 0;
            return isSealed ? copy : null;
        }
        finally
        {
            if (!isSealed)
                copy.Dispose();
        }
    }

    private static bool Fill(SafeFileHandle copy, SafeFileHandle source, long lengthBytes)
    {
        for (long position = 0; position < lengthBytes; )
        {
            var piece = (nint)Math.Min(PieceBytes, lengthBytes - position);
            var moved = Libc.SendFile(copy, source, ref position, piece);
            if (moved == 0 || (moved < 0 && !SystemCall.WasInterrupted))
                return false;
        }
        return true;
    }
}
