namespace Server.Host.Http;

/// <summary>Walks over the elements of one comma-separated value, without the blanks around them (RFC 9110, section
/// 5.6.1).</summary>
/// <remarks>Empty elements are given too: whether they are harmless is the field's own question. Quoted strings are not
/// known here: it serves lists of tokens and numbers.</remarks>
internal ref struct ListElements(ReadOnlySpan<byte> value)
{
    private ReadOnlySpan<byte> rest = value;
    private bool ended;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly ListElements GetEnumerator() => this;

    public bool MoveNext()
    {
        if (ended)
            return false;
        var comma = rest.IndexOf((byte)',');
        ended = comma < 0;
        Current = Octets.TrimBlanks(ended ? rest : rest[..comma]);
        rest = ended ? default : rest[(comma + 1)..];
        return true;
    }
}
