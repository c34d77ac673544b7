using System.Net.Sockets;
using System.Text;
// sample: echo
using static Coroutines.Wait;

// end sample

namespace Coroutines.Tests.Docs;

/// <summary>The echo coroutine over plain sockets, and three ways to run it.</summary>
public sealed class EchoSamples
{
    [Test]
    public void It_echoes_what_a_client_sends()
    {
        using var pair = new SocketPair();
        using var scheduler = new Scheduler();
        var echo = scheduler.Spawn(Echo(pair.Near));
        var client = scheduler.Spawn(Exchange(pair.Far, "hello"));
        scheduler.RunUntil(() => client.HasEnded && echo.HasEnded);
        client.Result.ShouldBe("hello");
        echo.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void It_serves_many_clients_on_one_thread()
    {
        using var listener = SocketPair.Listen();
        using var scheduler = new Scheduler();
        scheduler.Spawn(Serve(listener));
        var clients = Enumerable.Range(0, 100).Select(i => scheduler.Spawn(Connect(listener, $"hello {i}"))).ToArray();
        scheduler.RunUntil(() => clients.All(client => client.HasEnded));
        clients.Select(client => client.Result).ShouldBe(Enumerable.Range(0, 100).Select(i => $"hello {i}"));
    }

    [Test]
    public void A_client_that_resets_ends_its_own_coroutine_alone()
    {
        using var pair = new SocketPair();
        using var other = new SocketPair();
        using var scheduler = new Scheduler();
        var failed = new List<string>();
        scheduler.Failed += (coroutine, _) => failed.Add(coroutine.Name);
        scheduler.Spawn(Echo(pair.Near), "reset");
        scheduler.Spawn(Echo(other.Near), "other");
        pair.Far.LingerState = new LingerOption(true, 0);
        pair.Far.Dispose();
        var client = scheduler.Spawn(Exchange(other.Far, "hello"));
        scheduler.RunUntil(() => client.HasEnded && failed.Count > 0);
        failed.ShouldBe(["reset"]);
        client.Result.ShouldBe("hello");
    }

    [Test]
    public void The_same_coroutine_runs_without_a_scheduler()
    {
        using var pair = new SocketPair();
        pair.Far.Send("hello"u8);
        pair.Far.Shutdown(SocketShutdown.Send);
        var client = pair.Near;
        // sample: blocking-driver
        BlockingDriver.Run(Echo(client));
        // end sample
        TextOf(pair.Far).ShouldBe("hello");
    }

    [Test]
    public void A_server_runs_until_it_is_told_to_stop()
    {
        var listener = SocketPair.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        // sample: run
        using var scheduler = new Scheduler();
        scheduler.Failed += (coroutine, failure) => Console.Error.WriteLine($"{coroutine}: {failure.Message}");
        scheduler.Spawn(Serve(listener), "server");
        // end sample
        scheduler.Spawn(StopAfter(scheduler, client));
        // sample: run
        scheduler.Run();
        // end sample
        scheduler.Count.ShouldBe(0);
        listener.SafeHandle.IsClosed.ShouldBeTrue();
    }

    #pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'
    // csharpier-ignore-start
    // sample: echo
    static IEnumerator<Wait> Echo(Socket client)
    {
        using var owned = client;
        var buffer = new byte[4096];
        while (true)
        {
            yield return WantRead(client);
            var received = client.Receive(buffer);
            if (received == 0) yield break;
            for (var sent = 0; sent < received;)
            {
                yield return WantWrite(client);
                sent += client.Send(buffer.AsSpan(sent, received - sent));
            }
        }
    }
    // end sample
    // csharpier-ignore-end

    // sample: serve
    static IEnumerator<Wait> Serve(Socket listener)
    {
        using var owned = listener;
        using var clients = Scope.Open();
        while (true)
        {
            yield return WantRead(listener);
            clients.Spawn(Echo(listener.Accept()), "client");
        }
    }

    // end sample
#pragma warning restore IDE0040

    private static IEnumerator<Wait> Connect(Socket listener, string text)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return Exchange(client, text);
    }

    private static IEnumerator<Wait> Exchange(Socket client, string text)
    {
        using var owned = client;
        yield return WantWrite(client);
        client.Send(Encoding.UTF8.GetBytes(text));
        yield return WantRead(client);
        var buffer = new byte[100];
        yield return Return(Encoding.UTF8.GetString(buffer, 0, client.Receive(buffer)));
    }

    private static IEnumerator<Wait> StopAfter(Scheduler scheduler, Socket client)
    {
        yield return Call(Exchange(client, "hello"));
        scheduler.Stop();
    }

    private static string TextOf(Socket socket)
    {
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
