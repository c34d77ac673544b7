using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The system's memory of what is on the disk.</summary>
internal static class PageCache
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Reads a stretch of a file and throws it away; waits for the disk. May be called on any thread. That the disk is
    /// broken, or the file closed meanwhile, is found out by who reads it next.</summary>
    public static void Fetch(SafeFileHandle file, long position, long count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int read; count > 0; (position, count) = (position + read, count - read))
            {
                read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, count)), position);
                if (read == 0)
                    return;
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // As said.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
