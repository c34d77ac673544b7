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

    private static readonly Option<bool> Docs = new("--docs")
    {
        Description = "Shows the results in docs/performance.md, too.",
    };

    /// <summary>Runs it with what stands on the command line; returns the exit code.</summary>
    public static int Run(string[] arguments)
    {
        var command = new RootCommand("Measures our server beside others.") { Rounds, Seconds, Only, Output, Docs };
        command.SetAction(Run);
        return command.Parse(arguments).Invoke();
    }

    private static int Run(ParseResult parsed)
    {
        if (!OperatingSystem.IsLinux())
            return Refuse("It needs Linux: processor time is read from /proc.");
        try
        {
            var output = Path.GetFullPath(parsed.GetValue(Output)!);
            var report = Measure(
                new PeerFolder(output),
                parsed.GetValue(Only)!,
                new Plan(parsed.GetValue(Rounds), TimeSpan.FromSeconds(parsed.GetValue(Seconds)))
            );
            report.Write(output);
            if (parsed.GetValue(Docs))
                PerformancePage.Show(report);
            return 0;
        }
        catch (MissingException missing)
        {
            return Refuse(missing.Message);
        }
    }

    [SupportedOSPlatform("linux")]
    private static Report Measure(PeerFolder folder, string only, Plan plan)
    {
        var peers = Ready(folder.Ours, folder.Native, folder.Floor, folder.Nginx, folder.Kestrel);
        var results = new List<RowResult>();
        foreach (var one in Measurements.All.Where(one => one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            Console.WriteLine($"{one.Name} ...");
            try
            {
                results.AddRange(one.Run(peers, plan));
            }
            catch (MissingException failure)
            {
                Console.WriteLine($"  not measured: {failure.Message}");
            }
        }
        return new Report(peers, results);
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
