using Coroutines.Testing;
using Coroutines.Tests.Server.Files;
using NLog;
using NLog.Config;
using NLog.Targets;
using Server.Host;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>A temporary folder behind a server whose clients are scripted.</summary>
internal sealed class ServedSite : IDisposable
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly LogFactory logs = new();
    private readonly MemoryTarget messages = new() { Layout = "${level} ${message}" };

    public ServedSite(
        RequestLimits? limits = null,
        int maxConnections = 100,
        Func<string, IFileRoot>? root = null,
        int? seed = null,
        HttpTimeouts? timeouts = null,
        int maxPerAddress = 0,
        string[]? cacheRules = null,
        ReadOnlyMemory<byte>? fields = null,
        FileCacheLimits? files = null
    )
    {
        // Far behind all the files' times, so that those are settled.
        Simulation = new(new ManualClock(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero))) { Seed = seed };
        var configuration = new LoggingConfiguration(logs);
        configuration.AddRuleForAllLevels(messages);
        logs.Configuration = configuration;
        Cache = new(
            root?.Invoke(Folder.Root) ?? FileRoot.At(Folder.Root),
            Simulation.Clock,
            files ?? new(),
            new(cacheRules ?? [])
        );
        Site = new(
            Cache,
            limits ?? new(),
            timeouts ?? new(),
            new Log(logs.GetLogger("server")),
            AccessLog,
            Simulation.Clock
        )
        {
            Addresses = maxPerAddress == 0 ? null : new(maxPerAddress, Simulation.Clock),
            Fields = fields ?? SiteFields.Default,
        };
        Server = new(Site, maxConnections, Grace);
        Listener = Simulation.Listen();
        Serving = Simulation.Scheduler.Spawn(Server.Serve([Listener.Listener]), "server");
    }

    public Simulation Simulation { get; }

    public TemporaryFolder Folder { get; } = new();

    public FileCache Cache { get; }

    public HttpSite Site { get; }

    public HttpServer Server { get; }

    public ScriptedListener Listener { get; }

    public Coroutine Serving { get; }

    public RecordedAnswers AccessLog { get; } = new();

    public IList<string> Messages => messages.Logs;

    public void Dispose()
    {
        Simulation.Dispose();
        Cache.Dispose();
        logs.Dispose();
        Folder.Dispose();
    }
}
