using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>A folder on a disk that takes as long as one likes. What lies in memory is told by the test.</summary>
internal sealed class ColdRoot(IFileRoot root) : IFileRoot, IDisposable
{
    private readonly ManualResetEventSlim disk = new();
    private int fetches;

    /// <summary>From where on files aren't in memory, in bytes: before they were fetched once.</summary>
    public long ColdFrom { get; set; } = long.MaxValue;

    /// <summary>Whether that stays so when they were fetched.</summary>
    public bool Forgets { get; set; }

    /// <summary>What isn't in memory of the ways to files.</summary>
    public HashSet<string> ColdPaths { get; } = [];

    /// <summary>How often the disk was asked.</summary>
    public int Fetches => Volatile.Read(ref fetches);

    /// <summary>How often a path was looked up.</summary>
    public int Lookups { get; private set; }

    /// <summary>Lets it answer, from now on.</summary>
    public void Answer() => disk.Set();

    public Located Locate(ReadOnlySpan<byte> path)
    {
        Lookups++;
        return root.Locate(path);
    }

    public OpenedFile Open(ReadOnlySpan<byte> path)
    {
        Lookups++;
        return root.Open(path);
    }

    public FileStamp Stamp(SafeFileHandle file) => root.Stamp(file);

    public bool? HasWriter(SafeFileHandle file) => root.HasWriter(file);

    public int? TryRead(SafeFileHandle file, Span<byte> destination, long position)
    {
        if (position >= ColdFrom)
            return null;
        var count = (int)Math.Min(destination.Length, ColdFrom - position);
        return root.TryRead(file, destination[..count], position) ?? throw new InvalidOperationException("It is cold.");
    }

    public void Fetch(SafeFileHandle file, long position, long count)
    {
        Wait();
        if (!Forgets)
            ColdFrom = long.MaxValue;
        root.Fetch(file, position, count);
    }

    public Func<bool>? WayTo(ReadOnlySpan<byte> path)
    {
        if (!ColdPaths.Remove(System.Text.Encoding.ASCII.GetString(path)))
            return null;
        var isThere = root.Locate(path) != default;
        return () =>
        {
            Wait();
            return isThere;
        };
    }

    public void Dispose() => disk.Dispose();

    private void Wait()
    {
        Interlocked.Increment(ref fetches);
        disk.Wait();
    }
}
