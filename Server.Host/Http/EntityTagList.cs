namespace Server.Host.Http;

/// <summary>Looks for an entity tag in the lists of If-Match and If-None-Match (RFC 9110, sections 13.1.1 and 13.1.2).
/// </summary>
/// <remarks>A list that is malformed anywhere, on any of its lines, holds no tag at all: the client gets the whole
/// content, or its change is refused, which is safe. A comma may stand inside a tag, so the list is read tag by tag.
/// Empty elements are skipped (RFC 9110, section 5.6.1.2).</remarks>
internal static class EntityTagList
{
    /// <param name="lines">The values of all lines of the field.</param>
    /// <param name="tag">The tag of the representation as it is now.</param>
    /// <param name="comparison">Strong for If-Match, weak for If-None-Match.</param>
    public static bool Contains(FieldValues lines, EntityTag tag, TagComparison comparison)
    {
        var found = false;
        foreach (var line in lines)
            if (!TryRead(line, tag, comparison, ref found))
                return false;
        return found;
    }

    private static bool TryRead(ReadOnlySpan<byte> rest, EntityTag tag, TagComparison comparison, ref bool found)
    {
        for (rest = SkipSeparators(rest); !rest.IsEmpty; rest = SkipSeparators(rest))
        {
            var length = EntityTag.Measure(rest);
            if (length == 0)
                return false;
            found |= tag.Equals(rest[..length], comparison);
            rest = Octets.TrimBlanks(rest[length..]);
            if (rest is not ([] or [(byte)',', ..]))
                return false;
        }
        return true;
    }

    private static ReadOnlySpan<byte> SkipSeparators(ReadOnlySpan<byte> rest) => rest.TrimStart(", \t"u8);
}
