using Coroutines.Sockets;
using Coroutines.Testing;
using Coroutines.Tests.Server.Files;
using Coroutines.Tests.Server.Http;
using global::Server.Host;
using global::Server.Host.AccessLogs;
using global::Server.Host.Files;
using global::Server.Host.Http;
using NLog;

namespace Coroutines.Tests.SeveralWorkers;

/// <summary>Feature: two workers that answer at the same time, and log that into one access log, allocate nothing.</summary>
public sealed class WorkerAllocationScenarios : IDisposable
{
    private const int Requests = 1_000;
    private const int LengthBytes = 1_000;

    private readonly TemporaryFolder folder = new();
    private readonly LogFactory logs = new();
    private readonly SharedCount places = new();
    private readonly AddressLimit addresses = new(10, TimeProvider.System);
    private readonly CountedLines lines = new();
    private readonly Barrier together = new(2);

    public void Dispose()
    {
        folder.Dispose();
        logs.Dispose();
        together.Dispose();
    }

    [Test]
    public void Neither_allocates_while_both_answer()
    {
        folder.Write("a", new string('x', LengthBytes));
        using var first = new Worker(this);
        using var second = new Worker(this);
        using var quiet = new NoCollections();
        var other = new Thread(second.Answer);

        other.Start();
        first.Answer();
        other.Join();

        (first.AllocatedBytes, second.AllocatedBytes).ShouldBe((0, 0));
        foreach (var worker in (Worker[])[first, second])
            worker.AnsweredBytes.ShouldBeGreaterThan(2 * Requests * LengthBytes);
        lines.Count.ShouldBe(2 * 2 * Requests);
    }

    private sealed class Worker : IDisposable
    {
        private readonly WorkerAllocationScenarios all;
        private readonly ManualClock clock = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        private readonly ScriptedPoller poller;
        private readonly Scheduler scheduler;
        private readonly FileCache cache;
        private readonly RepeatingTransport transport;

        public Worker(WorkerAllocationScenarios all)
        {
            this.all = all;
            poller = new(clock);
            scheduler = new(poller, clock);
            cache = new(FileRoot.At(all.folder.Root), clock, new FileCacheLimits().SharedBy(2));
            var log = new CombinedAccessLog(all.lines, clock);
            var site = new HttpSite(cache, new(), new(), new Log(all.logs.GetLogger("worker")), log, clock)
            {
                Places = all.places,
                Addresses = all.addresses,
            };
            transport = new(poller, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
            scheduler.Spawn(new HttpConnection(new Connection(transport), site).Serve());
        }

        public long AllocatedBytes { get; private set; }

        public long AnsweredBytes => transport.ReceivedBytes;

        /// <summary>Answers, and then does so again together with the other one.</summary>
        public void Answer()
        {
            WhenItAsks();
            all.together.SignalAndWait();
            var before = GC.GetAllocatedBytesForCurrentThread();
            WhenItAsks();
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public void Dispose()
        {
            scheduler.Dispose();
            cache.Dispose();
        }

        private void WhenItAsks()
        {
            transport.Ask(Requests);
            for (var turn = 0; turn < Requests * 10; turn++)
                scheduler.Turn(TimeSpan.Zero);
            if (!transport.IsSilent)
                throw new InvalidOperationException("All requests must be answered by now.");
        }
    }

    private sealed class CountedLines : IAccessLines
    {
        private int count;

        public int Count => count;

        public void Add(ReadOnlySpan<byte> line) => Interlocked.Increment(ref count);
    }
}
