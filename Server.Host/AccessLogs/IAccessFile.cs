namespace Server.Host.AccessLogs;

/// <summary>What the lines of an access log are written to, by one thread.</summary>
internal interface IAccessFile : IDisposable
{
    /// <summary>Writes some lines.</summary>
    void Write(ReadOnlySpan<byte> lines);

    /// <summary>Goes on in a new file, if the old one was moved.</summary>
    void Reopen();
}
