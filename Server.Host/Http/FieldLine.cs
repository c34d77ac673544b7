namespace Server.Host.Http;

/// <summary>Reads one field line: <c>name ":" OWS value OWS</c> (RFC 9112, section 5).</summary>
internal static class FieldLine
{
    private static readonly Refusal Folded = Refusal.BadRequest("A field must not be continued on a second line.");
    private static readonly Refusal NoColon = Refusal.BadRequest("A field line must have a colon.");
    private static readonly Refusal BadName = Refusal.BadRequest(
        "A field name must be a token, with no blank before the colon."
    );
    private static readonly Refusal BadValue = Refusal.BadRequest("A field value must not hold control bytes.");

    /// <param name="head">The bytes that <paramref name="line"/> is a part of.</param>
    /// <param name="line">The line without its CR LF; not empty.</param>
    /// <param name="field">Its parts; default if refused.</param>
    public static Refusal? Read(ReadOnlySpan<byte> head, Slice line, out FieldSlice field)
    {
        field = default;
        var bytes = line.Of(head);
        if (bytes[0] is (byte)' ' or (byte)'\t')
            return Folded;
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0)
            return NoColon;
        var name = bytes[..colon];
        if (name.IsEmpty || name.ContainsAnyExcept(Octets.Token))
            return BadName;
        if (bytes[(colon + 1)..].ContainsAny(Octets.Controls))
            return BadValue;
        field = new(FieldName.Recognise(name), line.First(colon), Trim(bytes, line, colon + 1));
        return null;
    }

    private static Slice Trim(ReadOnlySpan<byte> bytes, Slice line, int start)
    {
        var end = bytes.Length;
        while (start < end && bytes[start] is (byte)' ' or (byte)'\t')
            start++;
        while (end > start && bytes[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        return new(line.Start + start, end - start);
    }
}
