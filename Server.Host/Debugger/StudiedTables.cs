using Coroutines.Sockets;
using Server.Host.Http;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>A model whose clients are run by the kernel: shown, and not stepped.</summary>
internal sealed class StudiedTables : IStudiedModel
{
    private readonly IModel model;

    /// <param name="options">What it serves, and how.</param>
    /// <param name="logging">Where it is told what goes wrong.</param>
    /// <exception cref="StartException">The system refuses what the model needs.</exception>
    public StudiedTables(ServerOptions options, Logging logging)
    {
        model = Model.Open(options, logging, WorkerCounts.Of(1));
        Study = new(options.Model, new TableReader(() => Read(model)), new Network(), Hog: null);
    }

    public Study Study { get; }

    public bool Serve(IReadOnlyList<Listener> listeners) => model.Serve(listeners);

    public void Stop() => model.Stop();

    public void Dispose() => model.Dispose();

    private static ModelTables Read(IModel model) =>
        !OperatingSystem.IsLinux() ? new ModelTables()
        : model is ThreadsModel ? new() { Threads = ProcessTable.Threads(ThreadsModel.ThreadName) }
        : new() { Processes = ProcessTable.Processes() };
}
