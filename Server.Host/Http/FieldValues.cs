namespace Server.Host.Http;

/// <summary>Walks over the values of all lines of one field, in the order they came in.</summary>
internal ref struct FieldValues(ReadOnlySpan<byte> head, FieldList fields, KnownField known)
{
    private readonly ReadOnlySpan<byte> head = head;
    private int index = -1;

    public readonly ReadOnlySpan<byte> Current => fields[index].Value.Of(head);

    public readonly FieldValues GetEnumerator() => this;

    public bool MoveNext()
    {
        index = fields.IndexOf(known, index + 1);
        return index >= 0;
    }
}
