namespace Server.Host.Files;

/// <summary>A part of a <see cref="CopyRoom"/> that is taken until this is disposed.</summary>
internal sealed class TakenRoom(CopyRoom room, long bytes) : IDisposable
{
    private long bytes = bytes;

    /// <summary>Takes or gives back as much as there is to another number of bytes.</summary>
    public void ChangeTo(long bytes)
    {
        room.GiveBack(this.bytes - bytes);
        this.bytes = bytes;
    }

    public void Dispose() => ChangeTo(0);
}
