namespace Server.Host.Http;

/// <summary>A validator of one representation: <c>"abc"</c>, or <c>W/"abc"</c> if weak (RFC 9110, section
/// 8.8.3).</summary>
/// <remarks>The default is no tag at all: it equals none, not even itself.</remarks>
internal readonly struct EntityTag
{
    private EntityTag(ReadOnlyMemory<byte> text) => Text = text;

    /// <summary>The tag as it is sent, with its quotes; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public bool IsNone => Text.IsEmpty;

    public bool IsWeak => IsWeakText(Text.Span);

    /// <param name="text">The tag as it is sent. It is kept, not copied: its bytes must not change.</param>
    /// <param name="tag">The default if the text is malformed.</param>
    public static bool TryParse(ReadOnlyMemory<byte> text, out EntityTag tag)
    {
        var wellFormed = !text.IsEmpty && Measure(text.Span) == text.Length;
        tag = wellFormed ? new(text) : default;
        return wellFormed;
    }

    /// <summary>How many bytes the tag at the beginning of a text takes; 0 if there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        var prefix = IsWeakText(text) ? 2 : 0;
        if (text.Length <= prefix || text[prefix] != (byte)'"')
            return 0;
        var opaque = text[(prefix + 1)..];
        var end = opaque.IndexOfAnyExcept(Octets.EntityTag);
        return end >= 0 && opaque[end] == (byte)'"' ? prefix + 1 + end + 1 : 0;
    }

    public bool Equals(EntityTag other, TagComparison comparison) => Equals(other.Text.Span, comparison);

    /// <param name="other">A well-formed tag, as a request holds it.</param>
    /// <param name="comparison">Strong or weak.</param>
    public bool Equals(ReadOnlySpan<byte> other, TagComparison comparison)
    {
        if (IsNone || (comparison == TagComparison.Strong && (IsWeak || IsWeakText(other))))
            return false;
        return Opaque(Text.Span).SequenceEqual(Opaque(other));
    }

    private static ReadOnlySpan<byte> Opaque(ReadOnlySpan<byte> text) => IsWeakText(text) ? text[2..] : text;

    // 'W' is case-sensitive.
    private static bool IsWeakText(ReadOnlySpan<byte> text) => text.StartsWith("W/"u8);
}
