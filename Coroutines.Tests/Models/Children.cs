using System.Globalization;
using System.Runtime.InteropServices;
using Coroutines.Tests.Abuse;
using Coroutines.Tests.Host;
using global::Server.Host.Comparing;

namespace Coroutines.Tests.Models;

/// <summary>The children of a server, as the kernel shows them in <c>/proc</c>.</summary>
/// <param name="parent">The server's process.</param>
internal sealed partial class Children(int parent)
{
    /// <summary>How many descriptors the runtime opens for itself as it goes. A leak would be one for each client.</summary>
    public const int RuntimesOwn = 8;

    private const string Socket = "socket:[";

    /// <summary>The children that are there, those included that have ended and weren't reaped.</summary>
    public HashSet<int> All() => [.. Statuses().Where(child => child.Parent == parent).Select(child => child.Id)];

    /// <summary>Children that have ended and weren't reaped.</summary>
    public int Zombies() => Statuses().Count(child => child.Parent == parent && child.State == 'Z');

    /// <summary>How many there are at one moment, at least.</summary>
    /// <remarks>A look at <c>/proc</c> takes a while, in which one may end and the next one begin: both would be seen. Who
    /// is seen by two looks was there in between.</remarks>
    public int CountAtOnce()
    {
        var before = All();
        before.IntersectWith(All());
        return before.Count;
    }

    /// <summary>The TCP sockets that the server has open.</summary>
    public HashSet<string> ConnectionsOfParent() => ConnectionsOf(parent);

    /// <summary>How many descriptors the server has open.</summary>
    public int DescriptorsOfParent() => Footprint.DescriptorsOf(parent);

    /// <summary>Kills a child, and returns the ports of the clients whose connections it had.</summary>
    public static IReadOnlyCollection<int> Kill(int child)
    {
        var sockets = SocketsOf(child);
        var clients = PeersOf(sockets);
        _ = Kill(child, ServerProcess.SigKill); // it may have ended by itself
        return clients;
    }

    /// <summary>Whether a process is alive: there, and not merely left to be reaped.</summary>
    public static bool IsAlive(int process) => Statuses().Any(status => status.Id == process && status.State != 'Z');

    private static List<(int Id, int Parent, char State)> Statuses()
    {
        var all = new List<(int, int, char)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            if (ProcFile.ReadOrGone(() => File.ReadAllText(Path.Combine(folder, "stat"))) is not { } stat)
                continue;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            all.Add((id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0]));
        }
        return all;
    }

    /// <summary>The TCP sockets that a process has open, by their inodes. (A runtime has one of another kind, for
    /// diagnostics.)</summary>
    public static HashSet<string> ConnectionsOf(int process)
    {
        var sockets = SocketsOf(process);
        sockets.IntersectWith(TcpSockets().Select(fields => fields[9]));
        return sockets;
    }

    private static HashSet<string> SocketsOf(int process)
    {
        var links = ProcFile.ReadOrGone(() => Directory.GetFileSystemEntries($"/proc/{process}/fd")) ?? [];
        var targets = links.Select(link => ProcFile.ReadOrGone(() => new FileInfo(link).LinkTarget));
        return
        [
            .. targets.Where(target => target?.StartsWith(Socket) == true).Select(target => target![Socket.Length..^1]),
        ];
    }

    private static List<int> PeersOf(HashSet<string> sockets) =>
        [
            .. from fields in TcpSockets()
            where sockets.Contains(fields[9])
            select int.Parse(fields[2].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ];

    /// <remarks>proc_net(5), tcp: the addresses are in hexadecimal, as 0100007F:1F90; the inode is the tenth field.</remarks>
    private static IEnumerable<string[]> TcpSockets() =>
        File.ReadLines("/proc/net/tcp").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
