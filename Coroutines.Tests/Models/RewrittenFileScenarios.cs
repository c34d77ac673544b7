using System.Diagnostics;
using System.Text;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: whoever runs a connection, a file that is rewritten all the time comes out as one of its versions, or
/// visibly cut short; never as a mix that looks whole.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
[Parallelizable] // it waits for other processes most of the time
public sealed class RewrittenFileScenarios(string model) : IDisposable
{
    private const int SmallBytes = 40_000;
    private const int LargeBytes = 3_000_000;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(SmallBytes)]
    [TestCase(LargeBytes)]
    public void What_looks_whole_is_one_version(int lengthBytes)
    {
        Write('a', lengthBytes);
        using var server = ServerProcess.Serve(folder.Path, "--model", model);
        using var over = new ManualResetEventSlim();
        var writer = new Thread(() => Rewrite(lengthBytes, over));
        writer.Start();
        try
        {
            for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Time; )
                ThenItIsNoMix(server);
        }
        finally
        {
            over.Set();
            writer.Join();
        }
    }

    // It may be shorter: a writer that the disk has stopped for long looks like one that is done.
    private static void ThenItIsNoMix(ServerProcess server)
    {
        using var client = server.Connect();
        client.Get("/file", "Connection: close\r\n");
        var head = Encoding.ASCII.GetString(client.ReceiveHead());
        var content = client.ReceiveToEnd();
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            head.ShouldStartWith("HTTP/1.1 503");
        else if (content.Length > 0 && head.Contains($"Content-Length: {content.Length}\r\n"))
            content.AsSpan().ContainsAnyExcept(content[0]).ShouldBeFalse("It is a mix.");
    }

    // Emptied first, then written in pieces: as an editor or a copy does it.
    private void Rewrite(int lengthBytes, ManualResetEventSlim over)
    {
        var pauses = new Random(1);
        for (var letter = 'b'; !over.Wait(pauses.Next(200)); letter = letter == 'z' ? 'a' : (char)(letter + 1))
            Write(letter, lengthBytes);
    }

    private void Write(char letter, int lengthBytes)
    {
        using var file = new FileStream(folder.PathOf("file"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        var piece = Enumerable.Repeat((byte)letter, 10_000).ToArray();
        for (var written = 0; written < lengthBytes; written += piece.Length)
            file.Write(piece);
    }
}
