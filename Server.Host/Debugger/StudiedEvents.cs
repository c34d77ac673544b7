using Coroutines.Sockets;
using Server.Host.Files;
using Server.Host.Http;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>The state machine over select, as it is studied.</summary>
internal sealed class StudiedEvents : IStudiedModel
{
    private readonly FileCache files;
    private readonly EventsModel model;

    /// <param name="options">What it serves, and how.</param>
    /// <param name="logging">Where it is told what goes wrong.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    public StudiedEvents(ServerOptions options, Logging logging, StepMode mode)
    {
        var clock = new PausableClock(TimeProvider.System);
        files = FileCache.Open(options, clock, options.Files.OnLoop);
        var site = new HttpSite(files, options.Limits, options.Timeouts, logging, clock)
        {
            Fields = SiteFields.Of(options),
            Addresses = AddressLimit.Of(options.MaxPerAddress),
        };
        var network = new Network();
        var stepper = new EventsStepper(clock, network, mode);
        model = new EventsModel(site, options.MaxConnections, options.Grace, stepper);
        stepper.Watch(model);
        network.Unsent = () => model.Connections.Select(client => (client.Descriptor, client.UnsentBytes));
        Study = new(options.Model, stepper, network, Hog: null);
    }

    public Study Study { get; }

    public bool Serve(IReadOnlyList<Listener> listeners) => model.Serve(Study.Network.Watch(listeners));

    public void Stop()
    {
        Study.Stepper.Dispose();
        model.Stop();
    }

    public void Dispose()
    {
        model.Dispose();
        files.Dispose();
    }
}
