namespace Server.Host.AccessLogs;

/// <summary>What the lines of an access log are written to, by one thread.</summary>
internal interface IAccessFile : IDisposable
{
    /// <summary>Writes some lines.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The same, since the file may not become larger: that is what the runtime
    /// makes of EFBIG.</exception>
    void Write(ReadOnlySpan<byte> lines);

    /// <summary>Goes on in a new file, if the old one was moved.</summary>
    /// <exception cref="IOException">There can't be a new one; the old one goes on.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    void Reopen();
}
