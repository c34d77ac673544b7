using System.Runtime.InteropServices;

namespace Server.Host.Files;

/// <summary>How a file is opened, as openat2(2) takes it (struct open_how).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
