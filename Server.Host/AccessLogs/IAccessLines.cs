namespace Server.Host.AccessLogs;

/// <summary>Where the lines of an access log go. May be called on any thread.</summary>
internal interface IAccessLines
{
    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, with its LF; the caller's again after the call.</param>
    void Add(ReadOnlySpan<byte> line);
}
