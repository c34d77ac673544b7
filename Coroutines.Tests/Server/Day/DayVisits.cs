using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Server.Day;

/// <summary>The ways in which clients come, behave and go.</summary>
internal sealed class DayVisits(Random choices)
{
    private static readonly TimeSpan Head = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Send = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    // The server pauses so long when it is out of descriptors, and is full for no longer than a rush lasts.
    private static readonly TimeSpan SlackOfAccept = TimeSpan.FromSeconds(1);

    /// <summary>Any visit but those of a rush.</summary>
    public IEnumerator<Wait> Any(ScriptedPeer peer) =>
        choices.Next(12) switch
        {
            0 => SaysNothing(new(peer, "silent")),
            1 => IdlesOut(new(peer, "idle")),
            2 => Pipelines(new(peer, "pipelining")),
            3 => SendsAHeadSlowly(new(peer, "slow to send")),
            4 => ReadsSlowly(new(peer, "slow to read")),
            5 => StopsReading(new(peer, "stuck")),
            6 => Resets(new(peer, "resetting")),
            7 => AsksForOddThings(new(peer, "odd")),
            8 => SendsNonsense(new(peer, "nonsense")),
            9 => LeavesInSilence(new(peer, "leaving")),
            _ => Reads(new(peer, "reading")),
        };

    /// <summary>One of a crowd that comes at once: it is served, or told that there are too many.</summary>
    public static IEnumerator<Wait> Rushes(ScriptedPeer peer)
    {
        var client = new DayClient(peer, "rushing");
        peer.Sends("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        for (var seconds = 0; seconds < 60 && peer.Received.IsEmpty; seconds++)
            yield return Sleep(TimeSpan.FromSeconds(1));
        var isRefused = peer.ReceivedText.StartsWith("HTTP/1.1 503", StringComparison.Ordinal);
        client.Expect("GET", isRefused ? 503 : 200, isRefused ? null : "hello");
        yield return Call(client.Leave());
    }

    private IEnumerator<Wait> Reads(DayClient client)
    {
        yield return Sleep(SlackOfAccept);
        for (var requests = choices.Next(1, 10); requests > 0; requests--)
        {
            client.Get(AnyPath(), pieceBytes: choices.Next(1, 60));
            yield return Sleep(Idle * (choices.NextDouble() * 0.99));
        }
        yield return Call(client.Leave());
    }

    private static IEnumerator<Wait> SaysNothing(DayClient client)
    {
        yield return Call(client.BeLetGoAfter(Head, SlackOfAccept));
    }

    private IEnumerator<Wait> IdlesOut(DayClient client)
    {
        yield return Sleep(TimeSpan.FromSeconds(choices.Next(1, 9)));
        client.Get(AnyPath());
        yield return Call(client.BeLetGoAfter(Idle));
    }

    private IEnumerator<Wait> Pipelines(DayClient client)
    {
        for (var requests = choices.Next(2, 30); requests > 0; requests--)
            client.Get(AnyPath(), pieceBytes: choices.Next(1, 200));
        yield return Sleep(SlackOfAccept);
        yield return Call(client.Leave());
    }

    /// <summary>A piece of the head each second: in time, or too late for it.</summary>
    private IEnumerator<Wait> SendsAHeadSlowly(DayClient client)
    {
        var isInTime = choices.Next(2) == 0;
        var text = $"GET /a HTTP/1.1\r\nHost: a\r\nX: {new string('x', 100)}\r\n\r\n";
        var pieceBytes = isInTime ? 20 : 5;
        for (var at = 0; at < text.Length && !client.Peer.IsHalfClosed; at += pieceBytes)
        {
            client.Send(text[at..Math.Min(text.Length, at + pieceBytes)], pieceBytes);
            yield return Sleep(TimeSpan.FromSeconds(1));
        }
        client.Expect("GET", isInTime ? 200 : 408, isInTime ? "hello" : null);
        yield return Call(client.Leave());
    }

    private IEnumerator<Wait> ReadsSlowly(DayClient client)
    {
        client.Peer.Window = 10_000;
        client.Peer.MaxBytesPerSend = choices.Next(1_000, 20_000);
        client.Get("large");
        while (client.Peer.Received.Length < DayFiles.Large.Length)
        {
            yield return Sleep(Send * (choices.NextDouble() * 0.99));
            client.Peer.Window += 20_000;
            yield return Sleep(TimeSpan.FromMilliseconds(1));
        }
        client.Peer.Window = long.MaxValue;
        yield return Call(client.Leave());
    }

    private static IEnumerator<Wait> StopsReading(DayClient client)
    {
        client.Peer.Window = 10_000;
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n", int.MaxValue);
        yield return Sleep(Send - TimeSpan.FromMilliseconds(1));
        client.Require(!client.Peer.IsClosed, "was let go too early");
        yield return Sleep(SlackOfAccept);
        client.CheckClosed();
        client.Require(client.Peer.Received.Length == 10_000, "received more than it took");
    }

    /// <summary>In the middle of its request, of the answer, or between two.</summary>
    private IEnumerator<Wait> Resets(DayClient client)
    {
        client.Peer.Window = choices.Next(0, 100_000);
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"[..choices.Next(1, 33)], pieceBytes: 10);
        yield return Sleep(SlackOfAccept + (Head * (choices.NextDouble() * 0.8)));
        client.Peer.Resets();
        yield return Sleep(TimeSpan.FromMilliseconds(1));
        client.CheckClosed();
    }

    private IEnumerator<Wait> AsksForOddThings(DayClient client)
    {
        yield return Sleep(SlackOfAccept);
        for (var requests = choices.Next(1, 8); requests > 0; requests--)
        {
            AskForAnOddThing(client);
            yield return Sleep(TimeSpan.FromSeconds(choices.Next(14)));
        }
        yield return Call(client.Leave());
    }

    private void AskForAnOddThing(DayClient client)
    {
        switch (choices.Next(6))
        {
            case 0:
                client.Ask("GET", "/nowhere", 404);
                break;
            case 1:
                client.Ask("GET", "/../../etc/hostname", 404);
                break;
            case 2:
                client.Ask("HEAD", "/large", 200);
                break;
            case 3:
                client.Ask("GET", "/a", 304, "If-None-Match: *\r\n\r\n");
                break;
            case 4:
                client.Ask("POST", "/a", 405, "Content-Length: 5\r\n\r\n12345");
                break;
            default:
                client.Ask("GET", "/folder", 301);
                break;
        }
    }

    private IEnumerator<Wait> SendsNonsense(DayClient client)
    {
        client.Send("GET /a HTTP/1.1\r\n\r\n", int.MaxValue); // no Host
        client.Expect("GET", 400, content: null);
        yield return Sleep(choices.Next(2) == 0 ? TimeSpan.FromSeconds(1) : Linger + SlackOfAccept);
        yield return Call(client.Leave());
    }

    private IEnumerator<Wait> LeavesInSilence(DayClient client)
    {
        yield return Sleep(TimeSpan.FromSeconds(choices.Next(1, 9)));
        yield return Call(client.Leave());
    }

    private string AnyPath() => DayFiles.Small[choices.Next(DayFiles.Small.Count)];
}
