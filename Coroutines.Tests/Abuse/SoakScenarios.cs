using System.Diagnostics;
using Coroutines.Tests.Host;
using Coroutines.Tests.Models;

namespace Coroutines.Tests.Abuse;

/// <summary>Feature: under mixed load and while files change, no request fails, no answer is a mixture of two versions, and
/// the server doesn't grow.</summary>
/// <remarks><see cref="Scale"/> says how to have it go on for longer.</remarks>
[Platform("Linux")]
[Parallelizable]
public sealed class SoakScenarios : IDisposable
{
    private const int Clients = 6;
    private const int Glances = 4;

    // What it may still take in after a quarter of the time: pools that fill, code that is compiled anew.
    private const long MaxGrowthBytes = 64_000_000;

    // Whoever is held up by a busy machine isn't slow on purpose.
    private static readonly string[] Unhurried =
    [
        "--head-timeout",
        "3600",
        "--idle-timeout",
        "3600",
        "--send-timeout",
        "3600",
        "--rate-grace",
        "3600",
    ];

    private readonly SiteFolder folder = new();
    private readonly ChangingFiles files;
    private readonly ServerProcess server;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Footprint> footprints = [];
    private readonly List<SoakClient> clients = [];

    public SoakScenarios()
    {
        files = new(folder);
        server = ServerProcess.Serve(folder.Path, Unhurried);
    }

    public void Dispose()
    {
        clients.ForEach(client => client.Dispose());
        server.Dispose();
        stop.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Every_answer_is_of_one_version_and_the_server_does_not_grow()
    {
        clients.AddRange(Enumerable.Range(0, Clients).Select(seed => new SoakClient(server, seed)));

        WhenTheyAskWhileFilesChange();

        TestContext.Out.WriteLine($"{files.Changes} rounds of changes; answers: {Answers()}");
        TestContext.Out.WriteLine(string.Join("; ", footprints));
        (footprints[^1].ResidentBytes - footprints[0].ResidentBytes).ShouldBeLessThan(MaxGrowthBytes);
        footprints[^1].Descriptors.ShouldBeLessThanOrEqualTo(footprints[0].Descriptors + Children.RuntimesOwn);
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }

    private void WhenTheyAskWhileFilesChange()
    {
        var changing = Task.Run(() => files.Change(stop.Token));
        var asking = clients.ConvertAll(client =>
            Task.Factory.StartNew(() => AskUntilStopped(client), TaskCreationOptions.LongRunning)
        );
        for (var glance = 0; glance < Glances && !asking.Exists(client => client.IsFaulted); glance++)
        {
            Task.WaitAny([.. asking], Scale.Soak / Glances);
            footprints.Add(Footprint.Of(server.Id));
        }
        stop.Cancel();
        Task.WaitAll([changing, .. asking]);
    }

    private void AskUntilStopped(SoakClient client)
    {
        while (!stop.IsCancellationRequested)
            client.Ask();
    }

    private string Answers() =>
        string.Join(
            ", ",
            clients
                .SelectMany(client => client.Answers)
                .GroupBy(kind => kind.Key, kind => kind.Value)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Sum()} {kind.Key}")
        );
}
