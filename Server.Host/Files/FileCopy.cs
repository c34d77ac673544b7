namespace Server.Host.Files;

/// <summary>The copy of one file into memory: it is to be made, is being made, or was.</summary>
/// <remarks>It belongs to the thread of its cache, but for <see cref="Run"/>, which may be called on any.</remarks>
internal sealed class FileCopy
{
    private readonly Copier copier;
    private readonly CachedFile file;
    private MemoryCopy? result;
    private int state;

    /// <param name="copier">What keeps it.</param>
    /// <param name="file">The file, as the cache has it.</param>
    public FileCopy(Copier copier, CachedFile file)
    {
        (this.copier, this.file) = (copier, file);
        Work = new SlowWork("copy", Run) { WaitsForDisk = true };
    }

    private static class States
    {
        public const int Promised = 0;
        public const int Begun = 1;
        public const int Ended = 2;
        public const int Forgotten = 3;
    }

    /// <summary>What is to be done.</summary>
    public SlowWork Work { get; }

    public bool HasBegun => Volatile.Read(ref state) != States.Promised;

    public bool HasEnded => Volatile.Read(ref state) == States.Ended;

    /// <summary>Takes note that it is about to be made, and returns what is to be done.</summary>
    public SlowWork Begin()
    {
        if (!HasBegun)
        {
            state = States.Begun;
            file.Entry!.Acquire();
            copier.Reserve(file);
        }
        return Work;
    }

    /// <summary>Hands over what it came to, once it has ended; null if that is nothing. Then it is forgotten.</summary>
    public MemoryCopy? Take()
    {
        var taken = result;
        result = null;
        Forget();
        return taken;
    }

    /// <summary>Nobody wants it any more; if it is being made, that goes on, for nothing.</summary>
    public void Forget()
    {
        var former = Interlocked.Exchange(ref state, States.Forgotten);
        if (former == States.Ended)
            result?.Dispose();
        if (former is States.Begun or States.Ended)
            file.Entry!.Release();
    }

    private void Run()
    {
        if (Volatile.Read(ref state) == States.Forgotten)
            return;
        try
        {
            result = OperatingSystem.IsLinux()
                ? MemoryCopy.Make(file.Entry!.Handle!, file.Entry.LengthBytes, copier.Room)
                : null;
        }
        catch (ObjectDisposedException)
        {
            // It was forgotten, and the file is closed.
        }
        finally
        {
            if (Interlocked.CompareExchange(ref state, States.Ended, States.Begun) == States.Forgotten)
                result?.Dispose();
        }
    }
}
