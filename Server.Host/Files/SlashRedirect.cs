namespace Server.Host.Files;

/// <summary>The Location of a folder that was asked for without its slash: the same path, a slash, the same query.</summary>
/// <remarks>RFC 9110, section 10.2.2. A Location that began with '//' or '/\' would name another host; no path that
/// <see cref="FileCache"/> redirects does, and this refuses to write one.</remarks>
internal static class SlashRedirect
{
    /// <summary>The length of what <see cref="Write"/> writes, in bytes.</summary>
    public static int LengthOf(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query) =>
        checked(path.Length + 1 + query.Length);

    /// <summary>Writes the Location and returns its length in bytes.</summary>
    /// <param name="path">The raw path that was looked up, as it was received.</param>
    /// <param name="query">The raw query with its '?', or empty if there was none.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> doesn't begin with exactly one slash, or
    /// <paramref name="query"/> doesn't begin with '?'.</exception>
    public static int Write(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, Span<byte> destination)
    {
        if (path is not [(byte)'/', ..] or [_, (byte)'/' or (byte)'\\', ..])
            throw new ArgumentException("A redirected path must begin with exactly one slash.", nameof(path));
        if (query is not ([] or [(byte)'?', ..]))
            throw new ArgumentException("A query must be empty or begin with '?'.", nameof(query));
        path.CopyTo(destination);
        destination[path.Length] = (byte)'/';
        query.CopyTo(destination[(path.Length + 1)..]);
        return LengthOf(path, query);
    }
}
