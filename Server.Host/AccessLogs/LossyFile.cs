using Server.Host.Http;

namespace Server.Host.AccessLogs;

/// <summary>A file whose lines are lost where they can't be written: no client goes without an answer for that. It is told
/// once per burst.</summary>
/// <param name="file">The file; closed with this one.</param>
/// <param name="log">Is told what went wrong: a full disk, say, or that whoever read the lines has gone.</param>
/// <param name="clock">Tells bursts apart.</param>
internal sealed class LossyFile(IAccessFile file, Log log, TimeProvider clock) : IAccessFile
{
    private readonly Burst failures = new(clock);

    public void Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            file.Write(lines);
        }
        catch (Exception failure) when (failure is IOException or ArgumentOutOfRangeException)
        {
            Tell(failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>If there can't be a new one, the old one goes on.</remarks>
    public void Reopen()
    {
        try
        {
            file.Reopen();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Tell(failure);
        }
    }

    public void Dispose() => file.Dispose();

    private void Tell(Exception failure)
    {
        if (failures.Begins())
            log.AccessLogFailed(failure);
    }
}
