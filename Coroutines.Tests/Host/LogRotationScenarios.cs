using System.Globalization;
using System.Text.Json;
using global::Server.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Host;

/// <summary>Feature: log files are moved away while the server writes them, and no line is lost.</summary>
[Platform("Linux")]
[Parallelizable] // it waits for another process most of the time
public sealed class LogRotationScenarios : IDisposable
{
    private const int Rotations = 5;
    private const int RequestsBetween = 200;

    private readonly SiteFolder folder = new();
    private readonly SiteFolder logs = new();

    public LogRotationScenarios() => folder.WriteText("index.html", "welcome");

    public void Dispose()
    {
        folder.Dispose();
        logs.Dispose();
    }

    private string Log => logs.PathOf("access.log");

    [TestCase(Model.Coroutines)]
    [TestCase(Model.Threads)]
    public void Upon_the_signal_a_new_file_is_begun_and_no_line_is_lost(string model)
    {
        using var server = ServerProcess.Serve(
            folder.Path,
            ["--model", model, "--access-log", Log, "--access-log-format", "json"]
        );
        using var client = server.Connect();
        for (var rotation = 0; rotation <= Rotations; rotation++)
        {
            WhenItAsks(client, rotation * RequestsBetween);
            if (rotation == Rotations)
                break;
            File.Move(Log, Rotated(rotation));
            server.Signal(ReopenSignal.Number!.Value);
            WhenThereIs(Log);
        }
        server.Stop().ShouldBe(0);

        var numbers = Enumerable.Range(0, Rotations).Select(Rotated).Append(Log).SelectMany(NumbersIn);
        numbers.SequenceEqual(Enumerable.Range(0, (Rotations + 1) * RequestsBetween)).ShouldBeTrue();
        File.ReadLines(Log).ShouldNotBeEmpty();
    }

    [Test]
    public void The_messages_go_on_in_a_new_file_too()
    {
        var messages = logs.PathOf("messages.log");
        using var server = ServerProcess.Serve(folder.Path, "--log-file", messages);
        SpinWait.SpinUntil(() => File.ReadAllText(messages).Length > 0, ServerProcess.Patience).ShouldBeTrue();
        File.Move(messages, messages + ".1");
        server.Signal(ReopenSignal.Number!.Value);
        WhenThereIs(messages);
        server.Stop().ShouldBe(0);
        File.ReadAllText(messages + ".1").ShouldContain("Listening");
        File.ReadAllText(messages).ShouldNotContain("Listening");
        File.ReadAllText(messages).ShouldContain("Stopped");
    }

    [Test]
    public void Without_a_log_file_the_signal_does_no_harm()
    {
        using var server = ServerProcess.Serve(folder.Path);
        server.Signal(ReopenSignal.Number!.Value);
        using var client = server.Connect();
        WhenItAsks(client, 0);
        server.Stop().ShouldBe(0);
    }

    [Test]
    public void Children_see_by_themselves_that_the_file_was_moved()
    {
        using var server = ServerProcess.Serve(folder.Path, "--model", Model.Processes, "--access-log", Log);
        using var client = server.Connect();
        WhenItAsks(client, 0);
        File.Move(Log, Rotated(0));
        server.Signal(ReopenSignal.Number!.Value);
        WhenThereIs(Log);
        WhenItAsks(client, RequestsBetween);
        server.Stop().ShouldBe(0);
        File.ReadAllLines(Rotated(0)).Length.ShouldBe(RequestsBetween);
        File.ReadAllLines(Log).Length.ShouldBe(RequestsBetween);
    }

    private string Rotated(int number) =>
        logs.PathOf(string.Create(CultureInfo.InvariantCulture, $"access.log.{number}"));

    private static void WhenItAsks(WireClient client, int first)
    {
        for (var number = first; number < first + RequestsBetween; number++)
        {
            client.Get(string.Create(CultureInfo.InvariantCulture, $"/?{number}"));
            client.ReceiveAnswer();
        }
    }

    private static void WhenThereIs(string path) =>
        SpinWait.SpinUntil(() => File.Exists(path), ServerProcess.Patience).ShouldBeTrue($"{path} must be made anew.");

    private static IEnumerable<int> NumbersIn(string path)
    {
        foreach (var text in File.ReadLines(path))
        {
            using var line = JsonDocument.Parse(text);
            yield return int.Parse(
                line.RootElement.GetProperty("target").GetString()!["/?".Length..],
                CultureInfo.InvariantCulture
            );
        }
    }
}
