using System.Runtime.InteropServices;

namespace Server.Host.Files;

/// <summary>A stretch of memory, as calls of the system take it (struct iovec).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IoVector
{
    public nint Start;
    public nint LengthBytes;
}
