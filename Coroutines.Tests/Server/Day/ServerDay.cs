using System.Net;
using Coroutines.Sockets;
using Coroutines.Testing;
using Coroutines.Tests.Server.Http;
using static Coroutines.Wait;

namespace Coroutines.Tests.Server.Day;

/// <summary>A server and its clients, hour by hour: a function of the seed. Each hour ends with a few minutes in which
/// nobody comes, and then nothing may be left of anybody.</summary>
internal sealed class ServerDay : IDisposable
{
    private const int MaxConnections = 60;
    private const int RushingClients = 200; // more than are served, and than are told so

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    private readonly ServedSite served;
    private readonly Random choices;
    private readonly DayVisits visits;
    private readonly List<string> failures = [];

    public ServerDay(int seed)
    {
        served = new(maxConnections: MaxConnections, seed: seed);
        DayFiles.WriteTo(served.Folder);
        choices = new(seed);
        visits = new(choices);
        served.Simulation.Scheduler.Failed += (coroutine, failure) => failures.Add($"{coroutine.Name}: {failure}");
    }

    /// <summary>How many clients have come.</summary>
    public int Clients { get; private set; }

    /// <summary>How many answers the server has given.</summary>
    public int Answers { get; private set; }

    /// <summary>All answers as a number: their order counts, and the minute of each.</summary>
    public int Fingerprint { get; private set; }

    /// <summary>Whether what the clients saw, and what the server held in the end, was right.</summary>
    public IReadOnlyList<string> Failures => failures;

    private Simulation Simulation => served.Simulation;

    /// <summary>Lets an hour pass, with all who come in it.</summary>
    public void PassAnHour()
    {
        Simulation.Scheduler.Spawn(Arrive(), "arrivals");
        for (var minute = 0; minute < 60; minute++)
        {
            Simulation.Advance(Hour / 60);
            TakeNote();
        }
    }

    /// <summary>Nobody is there: whatever still lives, is watched or rented has leaked.</summary>
    public void CheckThatNothingIsHeld()
    {
        served.Site.Connections.ShouldBeEmpty();
        served.Site.RentedExchanges.ShouldBe(0);
        Simulation.Scheduler.Living().Select(one => one.Name).ShouldBe(["server", "accept 127.0.0.1:30000"]);
        Simulation.Scheduler.Timers.Count.ShouldBe(0);
        Simulation.Scheduler.Watched.ShouldHaveSingleItem();
        served.Cache.Count.ShouldBeLessThanOrEqualTo(DayFiles.Small.Count + 1);
    }

    public void Stop()
    {
        Simulation.Scheduler.Post(served.Server.Drain);
        Simulation.RunUntilIdle();
        served.Serving.ShouldHaveCompleted();
        Simulation.ShouldHaveNothingLeft();
        served.Cache.Dispose();
        served.Cache.HandleCount.ShouldBe(0);
        served.Cache.CostBytes.ShouldBe(0);
    }

    public void Dispose() => served.Dispose();

    private IEnumerator<Wait> Arrive()
    {
        var end = Deadline.In(Hour - Calm);
        var rush = Deadline.In((Hour - Calm) * choices.NextDouble());
        while (Simulation.Scheduler.Now.Ticks < end.Ticks)
        {
            yield return Sleep(TimeSpan.FromSeconds(8 * choices.NextDouble()));
            if (rush.IsSet && Simulation.Scheduler.Now.Ticks > rush.Ticks)
            {
                yield return Sleep(TimeSpan.FromMinutes(4)); // so that the others aren't refused
                Rush();
                yield return Sleep(TimeSpan.FromSeconds(3));
                rush = Deadline.None;
            }
            if (choices.Next(50) == 0)
                served.Listener.FailsToAccept(
                    choices.Next(2) == 0 ? AcceptResult.OutOfDescriptors : AcceptResult.Aborted
                );
            Spawn(visits.Any);
        }
    }

    private void Rush()
    {
        for (var i = 0; i < RushingClients; i++)
            Spawn(DayVisits.Rushes);
    }

    private void Spawn(Func<ScriptedPeer, IEnumerator<Wait>> visit)
    {
        Clients++;
        var peer = served.Listener.Connects(new IPEndPoint(IPAddress.Loopback, 1_024 + (Clients % 60_000)));
        Simulation.Scheduler.Spawn(visit(peer), $"visit {Clients}");
    }

    /// <summary>Reads the logs, and empties them: what is kept mustn't grow.</summary>
    private void TakeNote()
    {
        Fingerprint = HashCode.Combine(Fingerprint, served.AccessLog.Answers.Count);
        foreach (var answer in served.AccessLog.Answers)
            Fingerprint = HashCode.Combine(Fingerprint, answer);
        Answers += served.AccessLog.Answers.Count;
        served.AccessLog.Answers.Clear();
        served.Messages.Clear();
    }
}
