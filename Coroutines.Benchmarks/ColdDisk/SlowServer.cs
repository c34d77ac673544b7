using System.Net;
using Coroutines.Sockets;
using Coroutines.Sync;
using NLog;
using Server.Host;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Benchmarks.ColdDisk;

/// <summary>Our server over a slow disk, with its scheduler on a thread of its own. Disposing it ends it.</summary>
internal sealed class SlowServer : IDisposable
{
    private readonly Scheduler scheduler = new();
    private readonly Listener listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly FileCache cache;
    private readonly Workers readers;
    private readonly HttpServer server;
    private readonly Thread thread;

    /// <param name="root">What it serves.</param>
    /// <param name="wait">Refused if readers wait for the disk; allowed if the loop does.</param>
    public SlowServer(IFileRoot root, DiskWait wait)
    {
        // A copy would be in memory.
        cache = new(root, TimeProvider.System, new() { DiskWait = DiskWait.Refused, MaxCopiedBytes = 0 });
        readers = new(scheduler);
        var log = new Log(LogManager.CreateNullLogger());
        var site = new HttpSite(cache, new(), new(), log, new NoAccessLog(), TimeProvider.System)
        {
            Readers = wait == DiskWait.Refused ? readers : null,
        };
        server = new(site, maxConnections: 1_000, grace: TimeSpan.FromSeconds(1));
        Address = (IPEndPoint)listener.LocalEndPoint;
        thread = new(Run) { Name = "server" };
        thread.Start();
    }

    public IPEndPoint Address { get; }

    public void Dispose()
    {
        scheduler.Post(server.Drain);
        thread.Join();
    }

    private void Run()
    {
        scheduler.Spawn(server.Serve([listener]), "server");
        scheduler.Run();
        readers.Dispose();
        scheduler.Dispose();
        cache.Dispose();
    }
}
