namespace Server.Host.Http;

/// <summary>Reads the extensions of a chunk, byte by byte from behind the first ';' (RFC 9112, section 7.1.1):
/// <c>name [ "=" value ] *( ";" name [ "=" value ] )</c>, a value being a token or a quoted string.</summary>
internal struct ChunkExtension
{
    private enum Phase
    {
        NameStart, // behind a ';'
        Name,
        NameEnd, // blanks behind a name
        ValueStart, // behind a '='
        Value,
        Quoted,
        Escaped, // behind a '\\' within quotes
        ValueEnd, // behind a quoted string, or blanks behind a value
    }

    private Phase phase;

    /// <summary>Whether the line may end here. Blanks lead to one more extension, never to the line's end.</summary>
    public bool MayEnd { get; private set; }

    /// <summary>Takes the next byte, which is not the CR that <see cref="MayEnd"/> allows. False if it can't stand
    /// here.</summary>
    public bool TryTake(byte next)
    {
        var isBlank = next is (byte)' ' or (byte)'\t';
        Phase? then = phase switch
        {
            Phase.NameStart when isBlank => Phase.NameStart,
            Phase.NameStart or Phase.Name when Octets.Token.Contains(next) => Phase.Name,
            Phase.Name or Phase.NameEnd when isBlank => Phase.NameEnd,
            Phase.Name or Phase.NameEnd when next == (byte)'=' => Phase.ValueStart,
            Phase.ValueStart when isBlank => Phase.ValueStart,
            Phase.ValueStart when next == (byte)'"' => Phase.Quoted,
            Phase.ValueStart or Phase.Value when Octets.Token.Contains(next) => Phase.Value,
            Phase.Quoted when next == (byte)'"' => Phase.ValueEnd,
            Phase.Quoted when next == (byte)'\\' => Phase.Escaped,
            Phase.Quoted or Phase.Escaped when !Octets.Controls.Contains(next) => Phase.Quoted,
            Phase.Value or Phase.ValueEnd when isBlank => Phase.ValueEnd,
            Phase.Name or Phase.NameEnd or Phase.Value or Phase.ValueEnd when next == (byte)';' => Phase.NameStart,
            _ => null,
        };
        MayEnd = !isBlank && then is Phase.Name or Phase.Value or Phase.ValueEnd;
        phase = then ?? phase;
        return then is not null;
    }
}
