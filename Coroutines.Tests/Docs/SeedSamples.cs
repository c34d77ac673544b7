using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

/// <summary>How one tests that the order in which coroutines run doesn't matter.</summary>
public sealed class SeedSamples
{
    // sample: seeds
    [Test]
    public void The_last_ticket_is_sold_once()
    {
        Seeds.Run(100, AsksForTheLastTicketThreeTimes);
    }

    private static void AsksForTheLastTicketThreeTimes(Simulation simulation)
    {
        var office = new Office { Tickets = 1 };
        var clients = Enumerable.Range(0, 3).Select(_ => simulation.Connect()).ToList();
        foreach (var client in clients)
        {
            simulation.Scheduler.Spawn(office.Sell(client.Connection));
            client.Sends("one, please");
        }

        simulation.RunUntilIdle();
        clients.Select(client => client.ReceivedText).Order().ShouldBe(["here you are", "sold out", "sold out"]);
        simulation.ShouldHaveNothingLeft();
    }

    private sealed class Office
    {
        public int Tickets { get; set; }

        public IEnumerator<Wait> Sell(Connection client)
        {
            using var owned = client;
            yield return WantRead(client);
            var isLeft = Tickets > 0;
            Tickets -= isLeft ? 1 : 0; // no yield in between: nobody else can have taken it
            yield return Call(client.SendAll(isLeft ? "here you are"u8.ToArray() : "sold out"u8.ToArray()));
        }
    }
    // end sample
}
