using System.Text;

namespace Server.Host.Http;

/// <summary>One request's head. Filled in by <see cref="RequestParser"/>, and reused for the next one.</summary>
/// <remarks>
/// It holds no bytes of its own, only where its parts stand in the buffer that was given to the parser. So its spans
/// are right as long as that buffer keeps the head's bytes, and until the next parse. Reading it allocates nothing.
/// After a refusal it holds the parts that had been read by then (for the log); the others are empty.
/// </remarks>
internal sealed class Request
{
    private static readonly Refusal Unsecured = new(421, "This port is not secured, so it serves no https.");

    private readonly FieldList fields = new();
    private ReadOnlyMemory<byte> head;
    private RequestLine line;

    public Method Method => line.Method;

    public ReadOnlySpan<byte> MethodToken => line.MethodToken.Of(head.Span);

    public TargetForm TargetForm => line.Target.Form;

    /// <summary>The target as it came, escapes and all.</summary>
    public ReadOnlySpan<byte> Target => line.Target.Whole.Of(head.Span);

    /// <summary>The target's path, escapes and all; <c>*</c> in asterisk-form, empty in authority-form. An
    /// absolute-form without a path means <c>/</c> (RFC 9110, section 4.2.3).</summary>
    public ReadOnlySpan<byte> Path =>
        line.Target is { Form: TargetForm.Absolute, Path.Length: 0 } ? "/"u8 : line.Target.Path.Of(head.Span);

    /// <summary>The target's query with its '?'; empty if there is none.</summary>
    public ReadOnlySpan<byte> Query => line.Target.Query.Of(head.Span);

    /// <summary>Host and port that the request is for: the target's, if it names them, else the Host field's (RFC 9112,
    /// sections 3.2.2 and 3.3). Empty if neither does.</summary>
    public ReadOnlySpan<byte> Authority
    {
        get
        {
            if (line.Target.Authority.Length > 0)
                return line.Target.Authority.Of(head.Span);
            return TryGetField(KnownField.Host, out var host) ? host : default;
        }
    }

    /// <summary>0 for HTTP/1.0, 1 for HTTP/1.1 and above.</summary>
    public int MinorVersion => line.MinorVersion;

    /// <summary>Whether the client wants the connection kept after the answer (RFC 9112, section 9.3).</summary>
    public bool KeepAlive { get; private set; }

    public BodyFraming Body { get; private set; }

    public Expectation Expectation { get; private set; }

    /// <summary>Whether the client waits for <c>100 Continue</c> before it sends the content.</summary>
    public bool ExpectsContinue => Expectation == Expectation.Continue && Body.HasContent;

    /// <summary>Whether it is complete with its content, as far as the bytes have come that the parser was given last, or
    /// <see cref="Attach"/>.</summary>
    public bool HasWholeContent => Body.Kind != BodyKind.Chunked && head.Length - HeadBytes >= Body.LengthBytes;

    /// <summary>The content. It stands behind the head, and is there if <see cref="HasWholeContent"/>.</summary>
    public ReadOnlySpan<byte> Content => head.Span.Slice(HeadBytes, (int)Body.LengthBytes);

    /// <summary>How many bytes the head took, its last empty line included. 0 until it is complete.</summary>
    public int HeadBytes { get; private set; }

    public int FieldCount => fields.Count;

    /// <summary>All field lines, in the order they came in.</summary>
    public FieldEnumerator Fields => new(head.Span, fields);

    /// <summary>How many lines of this field came.</summary>
    public int CountOf(KnownField field) => fields.CountOf(field);

    public bool Has(KnownField field) => fields.CountOf(field) > 0;

    /// <summary>The value of a field that came exactly once. A field that came on several lines has no one value: see
    /// <see cref="CountOf"/> and <see cref="ValuesOf"/>.</summary>
    public bool TryGetField(KnownField field, out ReadOnlySpan<byte> value)
    {
        var found = fields.CountOf(field) == 1;
        value = found ? fields[fields.IndexOf(field, 0)].Value.Of(head.Span) : default;
        return found;
    }

    /// <summary>The value of the first field line of that name, in any case of letters.</summary>
    public bool TryGetFirst(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var field in Fields)
            if (Ascii.EqualsIgnoreCase(field.Name, name))
            {
                value = field.Value;
                return true;
            }
        value = default;
        return false;
    }

    /// <summary>The values of all lines of a field. For a list, each line holds some of its elements (RFC 9110, section
    /// 5.3).</summary>
    public FieldValues ValuesOf(KnownField field) => new(head.Span, fields, field);

    /// <summary>Forgets the last request, and lets its buffer go.</summary>
    public void Reset()
    {
        fields.Clear();
        head = default;
        line = default;
        (KeepAlive, Body, Expectation, HeadBytes) = (false, BodyFraming.None, Expectation.None, 0);
    }

    /// <summary>The parser's: the bytes so far, which may stand in another buffer than before.</summary>
    public void Attach(ReadOnlyMemory<byte> bytes) => head = bytes;

    /// <summary>The parser's: the request line is read.</summary>
    public void Add(RequestLine requestLine) => line = requestLine;

    /// <summary>The parser's: one more field line is read.</summary>
    public void Add(FieldSlice field) => fields.Add(field);

    /// <summary>The parser's: the empty line has come. Checks what only the whole head can tell.</summary>
    /// <returns>A refusal, or null if the request is complete.</returns>
    public Refusal? Complete(int headBytes, RequestLimits limits)
    {
        if (HostRules.Check(this) is { } badHost)
            return badHost;
        if (FramingRules.Decide(this, limits, out var body) is { } badFraming)
            return badFraming;
        if (line.Target.IsOfHttps)
            return Unsecured; // RFC 9110, section 7.4
        (Body, HeadBytes) = (body, headBytes);
        KeepAlive = Persistence.IsWanted(this);
        Expectation = ExpectationRules.Read(this);
        return null;
    }
}
