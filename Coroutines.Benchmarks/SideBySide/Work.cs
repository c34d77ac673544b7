namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What servers are asked to do, all of them alike.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Status">What is to be answered.</param>
internal sealed record Work(string Name, string Path, int Status = 200)
{
    /// <summary>The value of a field that stands for the tag that a server gives <see cref="Path"/>.</summary>
    public const string ItsTag = "{its tag}";

    public string Method { get; init; } = "GET";

    /// <summary>Fields of the request.</summary>
    public (string Name, string Value)[] Fields { get; init; } = [];

    /// <summary>The coding that the answer is to have.</summary>
    public string? Coding { get; init; }

    /// <summary>How many clients ask at once.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>How many requests are sent before the first answer is awaited.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>How long the content of a small answer is, about.</summary>
    public int ContentBytes { get; init; } = Site.SmallBytes;

    /// <summary>Whether each request has a connection of its own.</summary>
    public bool EndsConnections { get; init; }

    /// <summary>Whether the cost is that of a megabyte, and not that of a request.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Whether each server writes a line for each answer into a file.</summary>
    public bool IsLogged { get; init; }

    /// <summary>How many connections idle beside those that ask.</summary>
    public int Idle { get; init; }

    /// <summary>By how many workers our server does it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether a server is to count the garbage that it makes.</summary>
    public bool CountsGarbage { get; init; }

    /// <summary>What our server's cost ought to be, at most.</summary>
    public Target[] Targets { get; init; } = [];

    /// <summary>What a cost is counted in.</summary>
    public string Unit => IsLarge ? "us/MB" : "us/request";

    /// <summary>Whether an answer that was prepared, whatever is asked, is one to this: a small one, which stands for itself.
    /// </summary>
    public bool IsPrepared =>
        this
            is {
                IsLarge: false,
                Depth: 1,
                EndsConnections: false,
                IsLogged: false,
                CountsGarbage: false,
                Workers: 1,
                Coding: null
            };

    /// <summary>Whether it asks for <see cref="Site.Small"/>, and for nothing that is special.</summary>
    public bool IsPlain => this is { Path: Site.Small, Status: 200, Depth: 1, IsLogged: false, Fields: [], Workers: 1 };

    /// <summary>What others are compared with.</summary>
    public static Work First => All[0];

    /// <summary>All that is measured.</summary>
    public static Work[] All { get; } =
    [
        new("1 KB, persistent", Site.Small)
        {
            Targets = [new(1.25, PeerName.Floor), new(0.75, PeerName.Nginx), new(0.3, PeerName.Kestrel)],
        },
        new("1 KB, access log", Site.Small) { IsLogged = true, Targets = [new(0.85, PeerName.Nginx)] },
        new("1 KB beside 10,000 idle", Site.Small) { Idle = 10_000, Targets = [new(1.1, PeerName.First)] },
        new("1 KB, two workers", Site.Small) { Workers = 2, Targets = [new(1.1, PeerName.First)] },
        new("304 by If-None-Match", Site.Small, 304)
        {
            Fields = [("If-None-Match", ItsTag)],
            ContentBytes = 0,
            Targets = [new(0.8, PeerName.Nginx)],
        },
        // wrk doesn't know that HEAD has no content: only a file without any keeps it going.
        new("HEAD", Site.Empty)
        {
            Method = "HEAD",
            ContentBytes = 0,
            Targets = [new(0.8, PeerName.Nginx)],
        },
        new("404", "/nothing.html", 404) { ContentBytes = 153, Targets = [new(0.8, PeerName.Nginx)] },
        new("range of 1 KB", Site.Middle, 206)
        {
            Fields = [("Range", "bytes=1000-2023")],
            Targets = [new(0.8, PeerName.Nginx)],
        },
        new("pipelined, 16 deep", Site.Small) { Depth = 16, Targets = [new(0.5, PeerName.Nginx)] },
        new("new connection each", Site.Small)
        {
            Fields = [("Connection", "close")],
            EndsConnections = true,
            Targets = [new(1.1, PeerName.Nginx)],
        },
        new("precompressed .br", Site.Coded)
        {
            Fields = [("Accept-Encoding", "gzip, br")],
            Coding = "br",
            Targets = [new(1.1, PeerName.First)],
        },
        new("precompressed .gz", Site.Coded)
        {
            Fields = [("Accept-Encoding", "gzip")],
            Coding = "gzip",
            Targets = [new(1.1, PeerName.First)],
        },
        new("100 KB", Site.Middle) { IsLarge = true, Targets = [new(1.0, PeerName.Nginx)] },
        new("10 MB", Site.Large)
        {
            IsLarge = true,
            Connections = 16,
            Targets = [new(1.0, PeerName.Nginx)],
        },
    ];
}
