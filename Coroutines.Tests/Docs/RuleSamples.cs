using System.Net.Sockets;
using System.Text;
using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>The rules that every coroutine follows.</summary>
public sealed class RuleSamples
{
    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Arguments_are_validated_when_the_coroutine_is_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => CountDown(0, _ => { }));
        var told = new List<int>();
        simulation.Scheduler.Spawn(CountDown(3, told.Add));
        simulation.Advance(TimeSpan.FromSeconds(3));
        told.ShouldBe([3, 2, 1]);
    }

    [Test]
    public void What_fails_is_caught_in_a_plain_method()
    {
        using var pair = new SocketPair();
        using var scheduler = new Scheduler();
        var greeting = scheduler.Spawn(Greet(pair.Near));
        scheduler.RunUntil(() => greeting.HasEnded);
        var buffer = new byte[100];
        Encoding.UTF8.GetString(buffer, 0, pair.Far.Receive(buffer)).ShouldBe("hello\n");
        TrySend(pair.Near, "more"u8).ShouldBeFalse();
    }

    [Test]
    public void Woken_is_read_before_the_next_yield()
    {
        var peer = simulation.Connect();
        var late = simulation.Scheduler.Spawn(IsLate(peer.Connection));
        simulation.Advance(TimeSpan.FromSeconds(10));
        late.Result.ShouldBe(true);
    }

    [Test]
    public void A_second_reader_of_a_socket_fails()
    {
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(IsLate(peer.Connection), "first");
        var second = simulation.Scheduler.Spawn(IsLate(peer.Connection), "second");
        var thrown = Should.Throw<CoroutineFailedException>(() => simulation.RunUntilIdle());
        thrown.Message.ShouldContain(
            "Coroutines 'second' and 'first' both wait to read fd 3; one socket has one reader."
        );
        second.State.ShouldBe(CoroutineState.Failed);
    }

    // sample: validate
    static IEnumerator<Wait> CountDown(int from, Action<int> tell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        return CountDownFrom(from, tell);
    }

    static IEnumerator<Wait> CountDownFrom(int from, Action<int> tell)
    {
        for (var left = from; left > 0; left--)
        {
            tell(left);
            yield return Sleep(TimeSpan.FromSeconds(1));
        }
    }

    // end sample

    // sample: catch
    static IEnumerator<Wait> Greet(Socket client)
    {
        using var owned = client;
        yield return WantWrite(client);
        if (!TrySend(client, "hello\n"u8))
            yield break;
        client.Shutdown(SocketShutdown.Send);
    }

    static bool TrySend(Socket client, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return client.Send(bytes) == bytes.Length;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    // end sample

    private static IEnumerator<Wait> IsLate(Connection connection)
    {
        // sample: woken
        yield return WantRead(connection, TimeSpan.FromSeconds(10));
        var isLate = Woken.DeadlineReached;
        yield return Pause(); // from here on, Woken is about the pause
        // end sample
        yield return Return(isLate);
    }
}
