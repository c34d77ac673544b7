namespace Server.Host.Http;

/// <summary>One field line of a request, as it came; the value without the blanks around it.</summary>
internal readonly ref struct Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    /// <summary>The name in the peer's case: names compare case-insensitively.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    public ReadOnlySpan<byte> Value { get; } = value;
}
