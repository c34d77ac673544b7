using System.Text;
using System.Text.RegularExpressions;
using Coroutines.Testing;
using NLog;
using Server.Host;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Fuzz;

/// <summary>A server in memory that is sent bytes as they come, and watched for what must never happen: an exception, a
/// connection that stays, an answer that depends on how the bytes were split, a status that no client can cause.</summary>
internal sealed partial class FuzzedServer : IDisposable
{
    // Short enough for a mutation to reach them.
    private static readonly RequestLimits Limits = new()
    {
        RequestLineBytes = 400,
        HeadBytes = 1_200,
        Fields = 12,
        BodyBytes = 200,
    };

    private readonly LogFactory logs = new();
    private readonly string folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
    private readonly Simulation simulation = new(new ManualClock(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    private readonly FileCache cache;
    private readonly HttpSite site;
    private readonly ScriptedListener listener;

    public FuzzedServer()
    {
        Write("a", 5);
        Write("b.css", 3_000);
        Write("b.css.gz", 700);
        Write("large", 70_000);
        Write("empty", 0);
        Write("sub/index.html", 20);
        cache = new(FileRoot.At(folder), simulation.Clock, new(), new([]));
        site = new(cache, Limits, new(), new Log(logs.GetLogger("server")), new NoAccessLog(), simulation.Clock);
        listener = simulation.Listen();
        simulation.Scheduler.Spawn(new HttpServer(site, 10, TimeSpan.Zero).Serve([listener.Listener]), "server");
    }

    public void Dispose()
    {
        simulation.Dispose();
        cache.Dispose();
        logs.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends the bytes whole, one by one, and in sevens.</summary>
    /// <exception cref="InvalidOperationException">Something happened that must not.</exception>
    public void Try(ReadOnlySpan<byte> bytes) => Try(bytes, [1], [7]);

    /// <summary>Sends the bytes whole, and in pieces.</summary>
    /// <param name="splits">The lengths of the pieces, taken in turn; each at least 1.</param>
    /// <exception cref="InvalidOperationException">Something happened that must not.</exception>
    public void Try(ReadOnlySpan<byte> bytes, params int[][] splits)
    {
        var whole = Answer(bytes, [Math.Max(1, bytes.Length)]);
        foreach (Match status in StatusLine().Matches(whole))
            if (status.ValueSpan[9] == '5' && status.Groups[1].Value is not ("501" or "505"))
                throw new InvalidOperationException($"No client can cause a {status.Groups[1].Value}.");
        foreach (var pieces in splits)
            if (Answer(bytes, pieces) != whole)
                throw new InvalidOperationException("The answers depend on how the bytes were split.");
    }

    /// <summary>What a client receives that sends these bytes, half-closes, and reads on.</summary>
    private string Answer(ReadOnlySpan<byte> bytes, int[] pieces)
    {
        var peer = listener.Connects();
        for (var turn = 0; !bytes.IsEmpty; turn++)
        {
            var piece = Math.Min(pieces[turn % pieces.Length], bytes.Length);
            peer.Sends(Encoding.Latin1.GetString(bytes[..piece]));
            simulation.RunUntilIdle();
            bytes = bytes[piece..];
        }
        peer.HalfCloses();
        simulation.RunUntilIdle();
        if (!peer.IsClosed || site.RentedExchanges != 0 || site.Connections.Count != 0)
            throw new InvalidOperationException("A connection stays though its client has gone.");
        var received = peer.ReceivedText;
        return received.Contains("boundary=") ? Boundary().Replace(received, "boundary") : received;
    }

    private void Write(string path, int lengthBytes)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Concat(Enumerable.Range(0, lengthBytes).Select(i => (char)('a' + (i % 26)))));
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d\d\d) [^\r\n]*\r\n")]
    private static partial Regex StatusLine();

    // 24 letters and digits of Base64Url, behind '=' or '--'.
    [GeneratedRegex(@"(?<=boundary=|\r\n--|^--)[\w-]{24}")]
    private static partial Regex Boundary();
}
