using System.Runtime.InteropServices;

namespace Server.Host.Files;

/// <summary>The kernel's <c>struct statx</c>, which has one layout on every processor; only what is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct StatX
{
    private const int TypeMask = 0xf000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG
    private const int Directory = 0x4000; // S_IFDIR

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    private readonly ulong inode;

    [FieldOffset(40)]
    private readonly ulong size;

    [FieldOffset(96)]
    private readonly StatXTime changed;

    [FieldOffset(112)]
    private readonly StatXTime modified;

    [FieldOffset(136)]
    private readonly uint deviceMajor;

    [FieldOffset(140)]
    private readonly uint deviceMinor;

    public Located ToLocated() => Kind == FileKind.Missing ? default : new(Kind, ToStamp());

    public FileStamp ToStamp() =>
        new(((ulong)deviceMajor << 32) | deviceMinor, inode, (long)size, modified.ToDateTime(), changed.ToDateTime());

    private FileKind Kind =>
        (mode & TypeMask) switch
        {
            RegularFile => FileKind.File,
            Directory => FileKind.Folder,
            _ => FileKind.Missing,
        };
}
