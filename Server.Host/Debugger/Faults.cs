namespace Server.Host.Debugger;

/// <summary>What loopback never does by itself: receives that bring a few bytes, sends that take a few. Set by whoever steps,
/// read by the server that is studied.</summary>
internal sealed class Faults
{
    private volatile int receiveBytes = int.MaxValue;
    private volatile int sendBytes = int.MaxValue;

    /// <summary>How many bytes a receive brings at the most: 1 or more. By default there is no limit.</summary>
    public int ReceiveBytes
    {
        get => receiveBytes;
        set => receiveBytes = Checked(value);
    }

    /// <summary>How many bytes a send takes at the most: 1 or more. By default there is no limit.</summary>
    public int SendBytes
    {
        get => sendBytes;
        set => sendBytes = Checked(value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"receive {Text(ReceiveBytes)}, send {Text(SendBytes)}";

    private static string Text(int bytes) => bytes == int.MaxValue ? "without a limit" : $"<= {bytes} bytes";

    private static int Checked(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return bytes;
    }
}
