namespace Server.Host.AccessLogs;

/// <summary>Standard output, which lines of an access log are written to.</summary>
/// <param name="stream">The stream.</param>
/// <param name="failed">Is told what went wrong: whoever read it has gone, say. The lines are lost then.</param>
internal sealed class AccessStream(Stream stream, Action<IOException> failed) : IAccessFile
{
    public void Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            stream.Write(lines);
        }
        catch (IOException failure)
        {
            failed(failure);
        }
    }

    public void Reopen() { } // nobody moves it

    public void Dispose() => stream.Dispose();
}
