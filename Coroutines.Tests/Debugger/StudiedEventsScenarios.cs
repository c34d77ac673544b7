using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using Coroutines.Testing;
using Coroutines.Tests.Host;
using global::Server.Host;
using global::Server.Host.Debugger;
using global::Server.Host.Files;
using global::Server.Host.Http;
using global::Server.Host.Models;
using NLog;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the state machine over select is looked at and stepped as it is.</summary>
public sealed class StudiedEventsScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly Logging logging;
    private readonly ServerOptions options;

    public StudiedEventsScenarios()
    {
        folder.WriteText("index.html", new string('x', 3_000));
        options = new() { Root = folder.Path, LogLevel = LogLevel.Off };
        logging = new Logging(options);
    }

    public void Dispose()
    {
        logging.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_connection_that_is_reset_ends_and_the_others_are_served()
    {
        using var server = new StudiedEvents(options, logging, StepMode.Running);
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var loop = new Thread(() => server.Serve([listener]));
        loop.Start();
        try
        {
            using var broken = Connect(listener);
            broken.Get("/index.html");
            broken.ReceiveAnswer();

            server.Study.Stepper.Post(() => server.Study.Network.Transports.Single().Reset());

            Should
                .Throw<SocketException>(() => broken.ReceiveToEnd())
                .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
            using var other = Connect(listener);
            other.Get("/index.html");
            other.ReceiveAnswer().Content.Length.ShouldBe(3_000);
        }
        finally
        {
            server.Stop();
            loop.Join(StudiedPage.Patience).ShouldBeTrue();
        }
    }

    [Test]
    public void What_is_handled_after_a_glance_is_seen_by_the_next()
    {
        var clock = new PausableClock(new ManualClock());
        var network = new Network();
        using var stepper = new EventsStepper(clock, network, StepMode.Running);
        using var files = new FileCache(FileRoot.At(folder.Path), clock, new());
        var site = new HttpSite(files, options.Limits, options.Timeouts, logging, clock);
        using var model = new EventsModel(site, maxConnections: 10, grace: default, stepper);
        stepper.Watch(model);
        stepper.Handling(9, "accepted");
        stepper.Glance();
        stepper.Selected([], []); // the nudge is among what is readable, and is seen to first
        stepper.Nudged();
        stepper.Snapshots.Count.ShouldBe(1);

        stepper.Handling(9, "readable");
        stepper.Glance();
        stepper.Nudged();

        stepper.Snapshots.Count.ShouldBe(2);
    }

    [Test]
    public void Running_freely_it_keeps_no_journal()
    {
        using var server = new StudiedEvents(options, logging, StepMode.Running);
        server.Study.Network.Journal.IsOpen.ShouldBeFalse();
    }

    private static WireClient Connect(Listener listener) =>
        new(new(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint).Port));
}
