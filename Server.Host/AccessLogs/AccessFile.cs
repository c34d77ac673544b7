namespace Server.Host.AccessLogs;

/// <summary>A file that lines are put at the end of.</summary>
internal sealed class AccessFile : IAccessFile
{
    private readonly string path;
    private FileStream file;

    /// <param name="path">The file; made if it isn't there.</param>
    /// <exception cref="StartException">It can't be written.</exception>
    public AccessFile(string path)
    {
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

    public void Write(ReadOnlySpan<byte> lines) => file.Write(lines);

    public void Reopen()
    {
        var next = Open();
        file.Dispose();
        file = next;
    }

    public void Dispose() => file.Dispose();

    private FileStream Open() =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
