namespace Server.Host.AccessLogs;

/// <summary>Writes each line at once, by itself: so those of several processes don't mix.</summary>
/// <param name="file">Where they are written. Belongs to one thread.</param>
internal sealed class DirectLines(IAccessFile file) : IAccessLines
{
    public void Add(ReadOnlySpan<byte> line) => file.Write(line);
}
