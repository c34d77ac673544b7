namespace Server.Host.AccessLogs;

/// <summary>A file that lines are put at the end of.</summary>
internal sealed class AccessFile : IAccessFile
{
    private readonly string path;
    private readonly Action<IOException> failed;
    private FileStream file;

    /// <param name="path">The file; made if it isn't there.</param>
    /// <param name="failed">Is told what went wrong: a full disk, say. The lines are lost then.</param>
    /// <exception cref="StartException">It can't be written.</exception>
    public AccessFile(string path, Action<IOException> failed)
    {
        this.failed = failed;
        try
        {
            this.path = Path.GetFullPath(path);
            file = Open();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException($"The log file '{path}' can't be written: {refused.Message}");
        }
    }

    public void Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            file.Write(lines);
        }
        catch (IOException failure)
        {
            failed(failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>If there can't be a new one, the old one goes on.</remarks>
    public void Reopen()
    {
        try
        {
            var next = Open();
            file.Dispose();
            file = next;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            failed(refused as IOException ?? new IOException(refused.Message, refused));
        }
    }

    public void Dispose() => file.Dispose();

    private FileStream Open() =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
