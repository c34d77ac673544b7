using System.CommandLine;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Our server and others do the same work, in turn, in short rounds.</summary>
internal static class SideBySideCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How many rounds count.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long each server is under load in a round.",
        DefaultValueFactory = _ => 2,
    };

    private static readonly Option<string> Only = new("--only")
    {
        Description = "Only work whose name has this in it.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Where servers are built and results are written.",
        DefaultValueFactory = _ => "artifacts/side-by-side",
    };

    /// <summary>Runs it with what stands on the command line; returns the exit code.</summary>
    public static int Run(string[] arguments)
    {
        var command = new RootCommand("Measures our server beside others.") { Rounds, Seconds, Only, Output };
        command.SetAction(Run);
        return command.Parse(arguments).Invoke();
    }

    private static int Run(ParseResult parsed)
    {
        if (!OperatingSystem.IsLinux())
            return Refuse("It needs Linux: processor time is read from /proc.");
        try
        {
            Measure(
                Path.GetFullPath(parsed.GetValue(Output)!),
                Work.All.Where(work => work.Name.Contains(parsed.GetValue(Only)!, StringComparison.OrdinalIgnoreCase)),
                parsed.GetValue(Rounds),
                TimeSpan.FromSeconds(parsed.GetValue(Seconds))
            );
            return 0;
        }
        catch (MissingException missing)
        {
            return Refuse(missing.Message);
        }
    }

    [SupportedOSPlatform("linux")]
    private static void Measure(string output, IEnumerable<Work> all, int rounds, TimeSpan duration)
    {
        var folder = new PeerFolder(output);
        var peers = Ready(folder.Ours, folder.Floor, folder.Nginx, folder.Kestrel);
        var results = new List<WorkResult>();
        foreach (var work in all)
        {
            Console.WriteLine($"{work.Name} ...");
            try
            {
                results.Add(new Measurement(work, rounds, duration).Run(peers));
            }
            catch (MissingException failure)
            {
                Console.WriteLine($"  not measured: {failure.Message}");
            }
        }
        new Report(peers, results).Write(output);
    }

    /// <summary>Those that can be had here; the others are named.</summary>
    private static List<Peer> Ready(params Func<Peer>[] all)
    {
        var peers = new List<Peer>();
        foreach (var make in all)
        {
            try
            {
                peers.Add(make());
            }
            catch (MissingException missing)
            {
                Console.WriteLine($"Left out. {missing.Message}");
            }
        }
        return peers;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
