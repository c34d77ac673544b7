namespace Server.Host.Files;

/// <summary>Removes the dot segments of a decoded path and refuses the segments that are never served.</summary>
/// <remarks>RFC 3986, section 5.2.4. The rules stand at the head of <c>TargetPath.cs</c>.</remarks>
internal static class Segments
{
    private const byte Slash = (byte)'/';

    private static ReadOnlySpan<byte> WellKnown => ".well-known"u8;

    /// <summary>Normalises <paramref name="path"/> in place.</summary>
    /// <param name="path">A decoded path without its leading slash.</param>
    /// <param name="length">How many bytes of <paramref name="path"/> are the result: empty, or ending in '/', for a
    /// folder; zero if refused.</param>
    public static TargetRefusal Normalise(Span<byte> path, out int length)
    {
        var kept = 0;
        length = 0;
        for (var read = 0; read < path.Length; )
        {
            var segment = First(path[read..]);
            read += segment.Length; // before the segment is moved: that may overwrite where it stood
            if (!TryAppend(path, segment, ref kept))
                return TargetRefusal.NotFound;
        }
        length = kept;
        return TargetRefusal.None;
    }

    // A segment comes with its slash, if it has one: what is kept is then always empty or ends in a slash.
    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> rest)
    {
        var slash = rest.IndexOf(Slash);
        return slash < 0 ? rest : rest[..(slash + 1)];
    }

    private static bool TryAppend(Span<byte> path, ReadOnlySpan<byte> segment, ref int kept)
    {
        var name = segment.TrimEnd(Slash);
        if (name is [(byte)'.'])
            return true;
        if (name is [(byte)'.', (byte)'.'])
            return TryRemoveLast(path, ref kept);
        if (!IsServed(name, kept == 0))
            return false;
        segment.CopyTo(path[kept..]);
        kept += segment.Length;
        return true;
    }

    private static bool TryRemoveLast(ReadOnlySpan<byte> path, ref int kept)
    {
        if (kept == 0)
            return false;
        kept = path[..(kept - 1)].LastIndexOf(Slash) + 1;
        return true;
    }

    private static bool IsServed(ReadOnlySpan<byte> name, bool isFirst)
    {
        if (name.IsEmpty || (OperatingSystem.IsWindows() && WindowsNames.IsRefused(name)))
            return false;
        return name[0] != '.' || (isFirst && name.SequenceEqual(WellKnown));
    }
}
