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
        Programs.Run("dotnet", "install the .NET SDK 10", "publish", Repository("Server.Host"), "-o", app, "-v", "q");
        return new(
            PeerName.Ours,
            $".NET {Environment.Version}",
            work =>
                new(
                    "dotnet",
                    [
                        Path.Combine(app, "Server.Host.dll"),
                        "0",
                        SitePath,
                        "--log-level",
                        "warn",
                        "--access-log",
                        work.IsLogged ? PathOf("ours.log") : "off",
                        "--max-connections",
                        $"{Math.Max(10_000, 2 * work.Idle)}",
                    ]
                )
        );
    }

    /// <summary>The floor, compiled.</summary>
    public Peer Floor()
    {
        var program = PathOf("floor");
        Programs.Run("gcc", "apt-get install gcc libc6-dev", "-O2", "-o", program, Source("floor.c"));
        var version = Programs.Run("gcc", "", "-dumpfullversion").Trim();
        return new(PeerName.Floor, $"gcc {version}", _ => new(program, ["0", $"{Site.SmallBytes}"]))
        {
            Takes = work => work is { Path: Site.Small, Status: 200, Depth: 1, IsLogged: false, Fields: [] },
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
        };
    }

    /// <summary>Kestrel with its static files, published.</summary>
    public Peer Kestrel()
    {
        // Out of this tree, whose settings aren't meant for it.
        var source = Path.Combine(Directory.CreateTempSubdirectory("kestrel-").FullName, "kestrel.cs");
        File.Copy(Source("kestrel.cs"), source);
        var app = PathOf("kestrel");
        Programs.Run("dotnet", "install the .NET SDK 10", "publish", source, "-o", app, "-v", "q");
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
        );
    }

    private string NginxConfiguration(Work work, int port)
    {
        var text = File.ReadAllText(Source("nginx.conf"))
            .Replace("{folder}", folder, StringComparison.Ordinal)
            .Replace("{site}", SitePath, StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal)
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
