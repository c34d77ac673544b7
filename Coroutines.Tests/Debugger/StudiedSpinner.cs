using System.Net;
using Coroutines.Sockets;
using global::Server.Host;
using global::Server.Host.Debugger;
using global::Server.Host.Debugger.Web;
using global::Server.Host.Http;
using NLog;

namespace Coroutines.Tests.Debugger;

/// <summary>A scheduler that is studied, one of whose coroutines keeps the loop until it is told to let go, or fails; and its
/// page.</summary>
internal sealed class StudiedSpinner : IDisposable
{
    private readonly LogFactory logs = new();
    private readonly StudiedScheduler studied;
    private readonly PageServer server;
    private volatile bool isDone;

    /// <param name="body">What it runs.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    public StudiedSpinner(Func<StudiedSpinner, IEnumerator<Wait>> body, StepMode mode = StepMode.Running)
    {
        var log = new Log(logs.GetLogger("page"));
        var network = new Network();
        var targets = new Targets(network.Journal, new NoAccessLog());
        studied = new StudiedScheduler(
            new PausableClock(TimeProvider.System),
            targets,
            network,
            TimeSpan.FromMilliseconds(50),
            log,
            mode
        );
        studied.Scheduler.Failed += (_, _) => { };
        Study = studied.Study("coroutines");
        var options = new PageOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, 1),
            ServerAddress = new Uri("http://127.0.0.1:1/"),
            Request = [],
            Patience = null,
        };
        server = new PageServer(Study, Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0)), options, log);
        studied.Scheduler.Spawn(Sleep(), "sleeper"); // so that there is somebody left when the other one has ended
        studied.Start(body(this), "spinner");
    }

    public Study Study { get; }

    public Uri Address => server.Address;

    /// <summary>Whether the coroutine keeps the loop.</summary>
    public bool IsSpinning { get; private set; }

    /// <summary>Spins until <see cref="LetGo"/>.</summary>
    public IEnumerator<Wait> Spin()
    {
        yield return Wait.Pause();
        IsSpinning = true;
        while (!isDone)
            Thread.SpinWait(100);
        IsSpinning = false;
        yield return Wait.Pause();
    }

    private static IEnumerator<Wait> Sleep()
    {
        yield return Wait.Sleep(TimeSpan.FromHours(1));
    }

    public void LetGo() => isDone = true;

    public void Dispose()
    {
        LetGo();
        Study.Stepper.Dispose();
        studied.Scheduler.Stop();
        studied.Join();
        server.Dispose();
        studied.Dispose();
        logs.Shutdown();
    }
}
