namespace Server.Host.AccessLogs;

/// <summary>A stream that lines are written to, such as standard output.</summary>
/// <param name="stream">The stream; owned.</param>
internal sealed class AccessStream(Stream stream) : IAccessFile
{
    public void Write(ReadOnlySpan<byte> lines) => stream.Write(lines);

    public void Reopen() { } // nobody moves it

    public void Dispose() => stream.Dispose();
}
