namespace Server.Host.Debugger;

/// <summary>One connection as it was at one moment.</summary>
/// <param name="Descriptor">The number of its descriptor.</param>
/// <param name="Peer">The client's address.</param>
/// <param name="AvailableBytes">How many bytes waited in the kernel to be received.</param>
/// <param name="ReceivedBytes">How many were received so far; null if nobody counts.</param>
/// <param name="SentBytes">How many were sent so far; null if nobody counts.</param>
/// <param name="LeftBytes">How many of the answers under way are still to be sent; null if nobody counts.</param>
/// <param name="LastReceived">The first bytes of the last receive, quoted; null before the first.</param>
/// <param name="LastSend">How the last send ended; null before the first.</param>
internal readonly record struct Wire(
    int Descriptor,
    string Peer,
    int AvailableBytes,
    long? ReceivedBytes,
    long? SentBytes,
    long? LeftBytes,
    string? LastReceived,
    string? LastSend
)
{
    public static Wire Of(WatchedTransport transport, long leftBytes) =>
        new(
            transport.Slot.Number,
            transport.Peer,
            transport.AvailableBytes,
            transport.Traffic.ReceivedBytes,
            transport.Traffic.SentBytes,
            leftBytes,
            transport.Traffic.LastReceived,
            transport.Traffic.LastSend
        );

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant(
            $"fd {Descriptor} {Peer}: {AvailableBytes} in the kernel, {ReceivedBytes} read{Last(LastReceived)}, {SentBytes} sent{Last(LastSend)}, {LeftBytes} left to send"
        );

    private static string Last(string? last) => last is null ? "" : $" (last {last})";
}
