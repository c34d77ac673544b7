namespace Server.Host.Http;

/// <summary>Walks over all field lines of a request, in the order they came in.</summary>
internal ref struct FieldEnumerator(ReadOnlySpan<byte> head, FieldList fields)
{
    private readonly ReadOnlySpan<byte> head = head;
    private int index = -1;

    public readonly Field Current => new(fields[index].Name.Of(head), fields[index].Value.Of(head));

    public readonly FieldEnumerator GetEnumerator() => this;

    public bool MoveNext() => ++index < fields.Count;
}
