using System.Net;
using NLog;
using Server.Host.AccessLogs;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host;

/// <summary>What the server was asked to do, checked.</summary>
internal sealed record ServerOptions
{
    /// <summary>The value that means no access log.</summary>
    public const string Off = "off";

    /// <summary>The value that means the access log goes to standard output.</summary>
    public const string StandardOutput = "-";

    public const int DefaultPort = 30_000;
    public const string DefaultRoot = "www";

    // nginx: worker_connections 512; Kestrel: no limit. A suspended connection costs about a kilobyte here.
    public const int DefaultMaxConnections = 10_000;

    // nginx: limit_conn, off by default. Many people may share one address.
    public const int DefaultMaxPerAddress = 0;

    // nginx: worker_processes 1 by default; it warns from 1,024 on. More than there are processors gain nothing.
    public const int DefaultWorkers = 1;
    public const int MaxWorkers = 64;

    // The lecture's MAX_PROCESSES.
    public const int DefaultMaxProcesses = 5;
    public const int MaxMaxProcesses = 1_000;

    // A thread costs a stack and a descriptor; Linux gives a process 1,024 descriptors by default.
    public const int DefaultMaxThreads = 1_000;
    public const int MaxMaxThreads = 10_000;

    public const double DefaultGraceSeconds = 10;

    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The folder that is served.</summary>
    public string Root { get; init; } = DefaultRoot;

    /// <summary>Which links lead to files that are served.</summary>
    public FollowedLinks Links { get; init; } = FollowedLinks.Inside;

    /// <summary>Where to listen; null: on the loopback address and its IPv6 twin.</summary>
    public IPAddress? Host { get; init; }

    public string Poller { get; init; } = "auto";

    /// <summary>Who runs a connection: one of <see cref="Models.Model.Names"/>.</summary>
    public string Model { get; init; } = Models.Model.Names[0];

    /// <summary>Schedulers, each on a thread of its own, of the model with coroutines.</summary>
    public int Workers { get; init; } = DefaultWorkers;

    /// <summary>Children alive at a time, of the model with processes.</summary>
    public int MaxProcesses { get; init; } = DefaultMaxProcesses;

    /// <summary>Clients at a time, of the model with threads.</summary>
    public int MaxThreads { get; init; } = DefaultMaxThreads;

    /// <summary>How many bytes of files are kept in memory, and which are compressed.</summary>
    public FileCacheLimits Files { get; init; } = new();

    /// <summary>What is said in Cache-Control: each <c>PATTERN=VALUE</c>, the last that matches counts.</summary>
    public IReadOnlyList<string> CacheRules { get; init; } = [];

    /// <summary>Field lines of every answer, each <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether every answer has the <see cref="SecurityFields"/>, too.</summary>
    public bool HasSecurityHeaders { get; init; }

    public HttpTimeouts Timeouts { get; init; } = new();

    public RequestLimits Limits { get; init; } = new();

    public int MaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>Clients at a time from one address; 0 for no such limit.</summary>
    public int MaxPerAddress { get; init; } = DefaultMaxPerAddress;

    /// <summary>How long answers under way may take when the server stops.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(DefaultGraceSeconds);

    /// <summary>How long clients are still accepted when the server was told to stop. Default 0.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>The port of what is told about the server, on 127.0.0.1; 0 lets the system choose, null: there is none.
    /// </summary>
    public int? AdminPort { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Info;

    /// <summary>A file for the messages, beside the console; null: none.</summary>
    public string? LogFile { get; init; }

    /// <summary>A file, <see cref="StandardOutput"/> or <see cref="Off"/>.</summary>
    public string AccessLog { get; init; } = Off;

    /// <summary>What a line of it looks like: one of <see cref="AccessLogFormats.Names"/>.</summary>
    public string AccessLogFormat { get; init; } = AccessLogFormats.Names[0];

    /// <summary>How long a coroutine may keep the loop before that is logged; null: however long.</summary>
    public TimeSpan? Watchdog { get; init; } = Coroutines.Diagnostics.Watchdog.DefaultLimit;

    public bool OpensBrowser { get; init; }

    /// <summary>What was said and has no effect: a sentence for each.</summary>
    public IReadOnlyList<string> OfNoUse { get; init; } = [];

    /// <summary>What the debugger's page is to do; null: there is none.</summary>
    public Debugger.DebuggerOptions? Debugger { get; init; }
}
