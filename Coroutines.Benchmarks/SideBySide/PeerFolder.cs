using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Makes the servers ready to be started, in a folder of their own.</summary>
internal sealed class PeerFolder
{
    private readonly string folder;

    public PeerFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        Site.WriteTo(SitePath);
    }

    private string SitePath => PathOf("site");

    /// <summary>The file that tells wrk what to send.</summary>
    public static string Script => Source("load.lua");

    /// <summary>Our server, as it is published.</summary>
    public Peer Ours()
    {
        var app = PathOf("ours");
        Publish(Repository("Server.Host"), app);
        return new(
            PeerName.Ours,
            $".NET {Environment.Version}",
            work => new("dotnet", [Path.Combine(app, "Server.Host.dll"), .. OptionsFor(work)])
        );
    }

    /// <summary>Our server, compiled natively.</summary>
    public Peer Native()
    {
        var app = PathOf("native");
        Programs.Run("gcc", "apt-get install gcc libc6-dev zlib1g-dev", "--version"); // which links it
        Publish(Repository("Server.Host"), app, "-p:PublishProfile=NativeAot");
        return new(
            PeerName.Native,
            $".NET {Environment.Version}",
            work => new(Path.Combine(app, "Server.Host"), OptionsFor(work))
        )
        {
            Takes = work => work.IsPlain,
        };
    }

    /// <summary>The floor, compiled.</summary>
    public Peer Floor()
    {
        var program = PathOf("floor");
        Programs.Run("gcc", "apt-get install gcc libc6-dev", "-O2", "-o", program, Source("floor.c"));
        var version = Programs.Run("gcc", "", "-dumpfullversion").Trim();
        return new(
            PeerName.Floor,
            $"gcc {version}",
            work => new(program, ["0", $"{work.Status}", $"{work.ContentBytes}"])
        )
        {
            Takes = work => work.IsPrepared,
        };
    }

    /// <summary>nginx, with a configuration of its own.</summary>
    public Peer Nginx()
    {
        const string GetIt = "apt-get install nginx-light";
        var version = Programs.Run("nginx", GetIt, "-v").Split('/')[^1].Trim();
        var port = FreePort();
        return new(
            PeerName.Nginx,
            version,
            work => new("nginx", ["-c", NginxConfiguration(work, port), "-e", "stderr"])
        )
        {
            Port = port,
            Takes = work => work is { CountsGarbage: false, Workers: 1, Coding: null or "gzip" },
        };
    }

    /// <summary>Kestrel with its static files, published.</summary>
    public Peer Kestrel()
    {
        // Out of this tree, whose settings aren't meant for it.
        var source = Path.Combine(Directory.CreateTempSubdirectory("kestrel-").FullName, "kestrel.cs");
        File.Copy(Source("kestrel.cs"), source);
        var app = PathOf("kestrel");
        Publish(source, app);
        return new(
            PeerName.Kestrel,
            $".NET {Environment.Version}",
            work =>
                new(
                    "dotnet",
                    work.IsLogged
                        ? [Path.Combine(app, "kestrel.dll"), SitePath, PathOf("kestrel-log")]
                        : [Path.Combine(app, "kestrel.dll"), SitePath]
                )
        )
        {
            Takes = work => work is { CountsGarbage: false, Workers: 1, Coding: null },
        };
    }

    /// <summary>What our server is told: its own defaults, but for more clients than those where many idle.</summary>
    private string[] OptionsFor(Work work) =>
        [
            .. (string[])["0", SitePath, "--log-level", "warn"],
            .. (string[])["--access-log", work.IsLogged ? PathOf("ours.log") : "off"],
            .. work.Workers > 1 ? (string[])["--workers", $"{work.Workers}"] : [],
            .. work.Idle > 0 ? (string[])["--max-connections", $"{2 * work.Idle}"] : [],
            .. work.CountsGarbage ? (string[])["--poller", "epoll", "--admin-port", "0"] : [],
        ];

    private static void Publish(string project, string output, params string[] options) =>
        Programs.Run("dotnet", "install the .NET SDK 10", ["publish", project, "-o", output, "-v", "q", .. options]);

    private string NginxConfiguration(Work work, int port)
    {
        var text = File.ReadAllText(Source("nginx.conf"))
            .Replace("{folder}", folder, StringComparison.Ordinal)
            .Replace("{site}", SitePath, StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal)
            .Replace("{gzip_static}", work.Coding is null ? "off" : "on", StringComparison.Ordinal)
            .Replace(
                "{access_log}",
                work.IsLogged ? $"{PathOf("nginx.log")} combined buffer=64k" : "off",
                StringComparison.Ordinal
            );
        File.WriteAllText(PathOf("nginx.conf"), text);
        return PathOf("nginx.conf");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private static string Source(string name) =>
        Path.Combine(Repository("Coroutines.Benchmarks/SideBySide/Peers"), name);

    private static string Repository(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../..", path));
}
