using System.Net;
using System.Text;

namespace Coroutines.Tests.Echo;

/// <summary>What clients do to an echo server, and what it must do then. Each throws if it doesn't.</summary>
/// <param name="server">Where it listens.</param>
/// <param name="patience">How long it may take.</param>
internal sealed class EchoScripts(IPEndPoint server, TimeSpan? patience = null)
{
    private const int MaxLineBytes = 8 * 1024;

    public void A_line_comes_back_once_it_is_complete()
    {
        using var client = Connect();
        client.Send("hello, ");
        client.Send("world");
        client.Send("\n");
        client.Receive().ShouldBe("hello, world\n");
    }

    public void Two_lines_and_a_half_in_one_piece_come_back_whole()
    {
        using var client = Connect();
        client.Send("one\ntwo\nthr");
        Encoding.Latin1.GetString(client.Receive(8)).ShouldBe("one\ntwo\n");
        client.Send("ee\nfour\n");
        Encoding.Latin1.GetString(client.Receive(11)).ShouldBe("three\nfour\n");
    }

    public void Bytes_one_by_one_make_lines()
    {
        using var client = Connect();
        foreach (var value in "a\nbc\n\ndef\n")
            client.Send(value.ToString());
        Encoding.Latin1.GetString(client.Receive(10)).ShouldBe("a\nbc\n\ndef\n");
    }

    public void The_longest_line_comes_back() => ComesBack(Line(MaxLineBytes));

    public void A_longer_line_comes_back_in_pieces() => ComesBack(Line(3 * MaxLineBytes + 17));

    public void A_last_line_without_its_end_comes_back_at_the_half_close()
    {
        using var client = Connect();
        client.Send("one\nno end");
        client.HalfClose();
        Encoding.Latin1.GetString(client.ReceiveToEnd()).ShouldBe("one\nno end");
    }

    public void A_client_that_sends_nothing_and_closes_gets_nothing()
    {
        using var client = Connect();
        client.HalfClose();
        client.ReceiveToEnd().ShouldBeEmpty();
    }

    public void A_megabyte_comes_back_to_a_client_that_reads_late()
    {
        var lines = Encoding.Latin1.GetBytes(
            string.Concat(Enumerable.Range(0, 40_000).Select(number => $"line number {number:D9}\n"))
        );
        using var client = new EchoClient(server, patience, receiveBufferBytes: 8 * 1024);
        var sending = Task.Run(() =>
        {
            client.Send(lines);
            client.HalfClose();
        });
        var received = client.ReceiveToEnd();
        sending.Wait(EchoClient.DefaultPatience).ShouldBeTrue("Not all could be sent.");
        received.AsSpan().SequenceEqual(lines).ShouldBeTrue($"{received.Length} bytes of {lines.Length} came back.");
    }

    public void A_reset_ends_nobody_else()
    {
        using (var broken = Connect())
        {
            broken.Send("half a li");
            broken.Reset();
        }
        A_line_comes_back_once_it_is_complete();
    }

    public void A_client_that_reads_nothing_and_goes_ends_nobody_else()
    {
        using (var stuck = Connect())
        {
            stuck.SendUntilStuck();
            stuck.Reset();
        }
        A_line_comes_back_once_it_is_complete();
    }

    public void Clients_that_come_and_go_are_all_served()
    {
        for (var i = 0; i < 20; i++)
            A_last_line_without_its_end_comes_back_at_the_half_close();
    }

    /// <summary>Not of a server that serves one client at a time.</summary>
    public void Beside_a_silent_client_others_are_served()
    {
        using var silent = Connect();
        silent.Send("half a li");
        A_line_comes_back_once_it_is_complete();
    }

    /// <summary>Not of a server that serves one client at a time.</summary>
    public void Beside_a_client_that_reads_nothing_others_are_served()
    {
        using var stuck = Connect();
        stuck.SendUntilStuck();
        A_line_comes_back_once_it_is_complete();
    }

    /// <summary>Not of a server that serves one client at a time.</summary>
    public void Clients_at_once_each_get_their_own_lines(int count)
    {
        var clients = Enumerable.Range(0, count).Select(_ => Connect()).ToList();
        for (var i = 0; i < count; i++)
            clients[i].Send($"I am client {i}\n");
        for (var i = count - 1; i >= 0; i--)
            clients[i].Receive().ShouldBe($"I am client {i}\n");
        clients.ForEach(client => client.Dispose());
    }

    private EchoClient Connect() => new(server, patience);

    private void ComesBack(byte[] line)
    {
        using var client = Connect();
        client.Send(line);
        client.Receive(line.Length).AsSpan().SequenceEqual(line).ShouldBeTrue();
    }

    private static byte[] Line(int bytes)
    {
        var line = new byte[bytes];
        for (var i = 0; i < bytes - 1; i++)
            line[i] = (byte)('a' + (i % 26));
        line[^1] = (byte)'\n';
        return line;
    }
}
