using System.Net;
using Coroutines.Sockets;
using Coroutines.Testing;
using Coroutines.Tests.Host;
using global::Server.Host;
using global::Server.Host.Debugger;
using NLog;

namespace Coroutines.Tests.Debugger;

/// <summary>A web server that is stepped through by a scenario, over real sockets.</summary>
internal sealed class StudiedSite : IDisposable
{
    public const int BigBytes = 200_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SiteFolder folder = new();
    private readonly Logging logging;
    private readonly StudiedServer server;
    private bool isStopped;

    public StudiedSite()
    {
        folder.WriteText("index.html", new string('x', 3_000));
        folder.WriteBytes("big.bin", BigBytes);
        var options = new ServerOptions { Root = folder.Path, LogLevel = LogLevel.Off };
        logging = new Logging(options);
        server = new StudiedServer(options, logging, StepMode.Paused, Clock);
        var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)listener.LocalEndPoint).Port;
        server.Start([listener]);
    }

    /// <summary>The time outside of what is studied.</summary>
    public ManualClock Clock { get; } = new();

    public int Port { get; }

    public Study Study => server.Study;

    public IStepper Stepper => Study.Stepper;

    public Network Network => Study.Network;

    public Snapshot Shown => Stepper.Snapshots.Last!;

    public WireClient Connect() => new(new IPEndPoint(IPAddress.Loopback, Port));

    /// <summary>Goes so far, and stands still there.</summary>
    public Snapshot Go(StepMode mode)
    {
        Stepper.Go(mode);
        return Parked();
    }

    /// <summary>Steps until something is seen, within a number of steps.</summary>
    public Snapshot StepUntil(Func<Snapshot, bool> seen, int maxSteps = 100)
    {
        var shown = Parked();
        for (var steps = 0; steps < maxSteps && !seen(shown); steps++)
            shown = Go(StepMode.Resume);
        seen(shown).ShouldBeTrue($"It was not seen within {maxSteps} steps, but: {shown.Headline}");
        return shown;
    }

    public Snapshot Parked()
    {
        Stepper.Brake.WaitUntilParked(Patience).ShouldBeTrue("It does not stand still.");
        return Shown;
    }

    public void Stop()
    {
        if (!isStopped)
        {
            server.Stop();
            server.Join();
        }
        isStopped = true;
    }

    public void Dispose()
    {
        Stop();
        server.Dispose();
        logging.Dispose();
        folder.Dispose();
    }
}
