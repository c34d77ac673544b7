using System.Diagnostics;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Abuse;

/// <summary>Files that change all the while, in all ways that there are.</summary>
internal sealed class ChangingFiles
{
    public const string SmallReplaced = "small-replaced.txt";
    public const string LargeReplaced = "large-replaced.txt";
    public const string SmallRewritten = "small-rewritten.txt";
    public const string LargeRewritten = "large-rewritten.txt";
    public const string ComesAndGoes = "comes-and-goes.txt";

    private const int SmallLines = 40;
    private const int LargeLines = 60_000;
    private const int PieceBytes = 64 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SiteFolder folder;
    private readonly Random random = new(1);
    private int version;

    public ChangingFiles(SiteFolder folder)
    {
        this.folder = folder;
        foreach (var name in (string[])[SmallReplaced, LargeReplaced, SmallRewritten, LargeRewritten, ComesAndGoes])
            File.WriteAllBytes(folder.PathOf(name), Next(LinesOf(name)));
    }

    /// <summary>How many changes there were.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether an answer with this file may end before its end, visibly.</summary>
    public static bool MayBeCutShort(string name) => name is SmallRewritten or LargeRewritten;

    /// <summary>Changes one file after the other, until it is told to stop.</summary>
    public void Change(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Replace(SmallReplaced);
            Rewrite(SmallRewritten);
            ComeOrGo();
            if (random.Next(10) == 0)
                Replace(LargeReplaced);
            if (random.Next(10) == 0)
                Rewrite(LargeRewritten);
            Changes++;
            stop.WaitHandle.WaitOne(Pause); // clients have to see some of them
        }
    }

    private static int LinesOf(string name) => name is LargeReplaced or LargeRewritten ? LargeLines : SmallLines;

    private byte[] Next(int lines) => Versioned.Content(++version, lines);

    private void Replace(string name)
    {
        var hidden = folder.PathOf($".{name}");
        File.WriteAllBytes(hidden, Next(LinesOf(name) + random.Next(3)));
        File.Move(hidden, folder.PathOf(name), overwrite: true);
    }

    /// <summary>Writes over what is there, of the same length, piece by piece.</summary>
    private void Rewrite(string name)
    {
        var content = Next(LinesOf(name));
        using var file = new FileStream(folder.PathOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        for (var at = 0; at < content.Length; at += PieceBytes)
            file.Write(content.AsSpan(at, Math.Min(PieceBytes, content.Length - at)));
    }

    private void ComeOrGo()
    {
        if (!File.Exists(folder.PathOf(ComesAndGoes)))
            Replace(ComesAndGoes);
        else
            File.Delete(folder.PathOf(ComesAndGoes));
    }
}
