using System.Buffers;
using System.Text;

namespace Server.Host.Files;

/// <summary>The names that Windows doesn't take for what they say.</summary>
/// <remarks>Source: "Naming Files, Paths, and Namespaces" in the Windows documentation.</remarks>
internal static class WindowsNames
{
    // ':' opens a stream of a file, '~' a short name such as GIT~1; the rest are wildcards or not allowed.
    private static readonly SearchValues<byte> Special = SearchValues.Create("<>:\"|?*~"u8);

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "conin$", "conout$"];

    /// <summary>True if Windows would open something else under <paramref name="name"/> than a file of that name: a
    /// stream, a device, a short name, or a name whose trailing dots and blanks it drops.</summary>
    /// <param name="name">One segment, as UTF-8, not empty.</param>
    public static bool IsRefused(ReadOnlySpan<byte> name) =>
        name[^1] is (byte)'.' or (byte)' ' || name.ContainsAny(Special) || IsDevice(name);

    // A device keeps its meaning with an extension, also after blanks: 'nul .txt' is the device.
    private static bool IsDevice(ReadOnlySpan<byte> name)
    {
        var dot = name.IndexOf((byte)'.');
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd((byte)' ');
        foreach (var device in Devices)
        {
            if (Ascii.EqualsIgnoreCase(stem, device))
                return true;
        }
        return IsPort(stem);
    }

    private static bool IsPort(ReadOnlySpan<byte> stem)
    {
        if (stem.Length < 4 || !(Ascii.EqualsIgnoreCase(stem[..3], "com") || Ascii.EqualsIgnoreCase(stem[..3], "lpt")))
            return false;
        var number = stem[3..];
        return number is [>= (byte)'0' and <= (byte)'9']
            || number.SequenceEqual("¹"u8)
            || number.SequenceEqual("²"u8)
            || number.SequenceEqual("³"u8);
    }
}
