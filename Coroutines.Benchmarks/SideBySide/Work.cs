namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What servers are asked to do, all of them alike.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Status">What is to be answered.</param>
internal sealed record Work(string Name, string Path, int Status = 200)
{
    public string Method { get; init; } = "GET";

    /// <summary>Fields of the request.</summary>
    public (string Name, string Value)[] Fields { get; init; } = [];

    /// <summary>How many clients ask at once.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>How many requests are sent before the first answer is awaited.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>How much content an answer has, where the cost is that of a megabyte and not that of a request.</summary>
    public double? Megabytes { get; init; }

    /// <summary>Whether each server writes a line for each answer into a file.</summary>
    public bool IsLogged { get; init; }

    /// <summary>How many connections idle beside those that ask.</summary>
    public int Idle { get; init; }

    /// <summary>What our server's cost ought to be, at most.</summary>
    public Target[] Targets { get; init; } = [];

    /// <summary>What a cost is counted for.</summary>
    public string Unit => Megabytes is null ? "request" : "MB";

    /// <summary>All that is measured.</summary>
    public static Work[] All { get; } =
    [
        new("1 KB, persistent", Site.Small)
        {
            Targets = [new(PeerName.Floor, 1.25), new(PeerName.Nginx, 0.75), new(PeerName.Kestrel, 0.3)],
        },
        new("1 KB, access log", Site.Small) { IsLogged = true, Targets = [new(PeerName.Nginx, 0.85)] },
        new("1 KB beside 10,000 idle", Site.Small) { Idle = 10_000, Targets = [new(PeerName.First, 1.1)] },
        new("304 by If-None-Match", Site.Small, 304)
        {
            Fields = [("If-None-Match", "*")],
            Targets = [new(PeerName.Nginx, 0.8)],
        },
        // wrk doesn't know that HEAD has no content: only a file without any keeps it going.
        new("HEAD", Site.Empty) { Method = "HEAD", Targets = [new(PeerName.Nginx, 0.8)] },
        new("404", "/nothing.html", 404) { Targets = [new(PeerName.Nginx, 0.8)] },
        new("range of 1 KB", Site.Middle, 206)
        {
            Fields = [("Range", "bytes=1000-2023")],
            Targets = [new(PeerName.Nginx, 0.8)],
        },
        new("pipelined, 16 deep", Site.Small) { Depth = 16, Targets = [new(PeerName.Nginx, 0.5)] },
        new("new connection each", Site.Small)
        {
            Fields = [("Connection", "close")],
            Targets = [new(PeerName.Nginx, 1.1)],
        },
        new("100 KB", Site.Middle) { Megabytes = 0.1, Targets = [new(PeerName.Nginx, 1.0)] },
        new("10 MB", Site.Large)
        {
            Megabytes = 10,
            Connections = 16,
            Targets = [new(PeerName.Nginx, 1.0)],
        },
    ];
}
