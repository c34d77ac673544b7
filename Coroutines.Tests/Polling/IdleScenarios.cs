using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: whoever waits costs nothing.</summary>
public sealed class IdleScenarios(string poller) : PollerFixture(poller)
{
    private const int Sockets = 1_000;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(300);

    [Test]
    [Platform(Include = "Linux")] // the CPU time of one thread is read from /proc
    public void A_thousand_idle_sockets_use_no_CPU()
    {
        for (var i = 0; i < Sockets / 2; i++)
        {
            var (near, far) = Pair();
            Scheduler.Spawn(Read(near));
            Scheduler.Spawn(Read(far));
        }
        TurnUntilIdle();
        Scheduler.Watched.Count.ShouldBe(Sockets);

        var cpu = CpuTime();
        var watch = Stopwatch.StartNew();
        var turns = TurnFor(Idle);
        watch.Stop();

        turns.ShouldBeLessThanOrEqualTo(2);
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(Idle);
        (CpuTime() - cpu).ShouldBeLessThan(Idle / 10);
    }

    private static IEnumerator<Wait> Read(Socket socket)
    {
        yield return WantRead(socket);
    }

    // The first number is the time in nanoseconds that this thread, and no other, has run.
    private static TimeSpan CpuTime() =>
        TimeSpan.FromMicroseconds(
            long.Parse(
                File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture
            ) / 1_000
        );
}
