using System.Net;
using System.Text.Json;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the debugger's page answers while a coroutine keeps the loop of what is studied, and names it; and it
/// shows where a coroutine has failed.</summary>
public sealed class KeptLoopScenarios
{
    [Test]
    public void Who_keeps_the_loop_is_named_and_the_page_answers()
    {
        using var spinner = new StudiedSpinner(one => one.Spin());
        using var page = new StateReader(spinner.Address);
        var hogged = page.Until(state => state.GetProperty("hogged").ValueKind == JsonValueKind.Object)
            .GetProperty("hogged");
        hogged.GetProperty("id").GetInt32().ShouldBe(2);
        hogged.GetProperty("name").GetString().ShouldBe("spinner");
        hogged.GetProperty("at").GetString()!.ShouldStartWith("StudiedSpinner.cs:");
        hogged.GetProperty("milliseconds").GetInt64().ShouldBeGreaterThanOrEqualTo(50);
        spinner.LetGo();
        page.Until(state => state.GetProperty("hogged").ValueKind == JsonValueKind.Null);
    }

    [Test]
    public void While_it_is_kept_everything_is_answered_and_the_state_goes_on()
    {
        using var spinner = new StudiedSpinner(one => one.Spin());
        using var page = new StateReader(spinner.Address);
        var kept = KeptFor(page.Until(state => KeptFor(state) > 0));
        foreach (var path in (string[])["", "page.js", "timeline", "sources", "trace.html"])
            Ask(spinner.Address, path);
        Tell(spinner.Address, """{"do":"pause"}""");
        Tell(spinner.Address, """{"do":"break","where":"fd=9"}""");
        page.Until(state => state.GetProperty("breakpoints").GetArrayLength() == 1 && KeptFor(state) > kept);
        spinner.IsSpinning.ShouldBeTrue(); // all the while
    }

    [Test]
    public void One_that_has_failed_is_shown_with_the_line_and_its_last_frames()
    {
        using var failing = new StudiedSpinner(_ => Fail("too much"), global::Server.Host.Debugger.StepMode.Paused);
        using var page = new StateReader(failing.Address);
        page.UntilMode("paused");
        Tell(failing.Address, """{"do":"step","count":10}""");
        var failed = page.Until(state => FailedIn(state) is not null);
        var shown = FailedIn(failed)!.Value;
        shown.GetProperty("failure").GetString().ShouldBe("InvalidDataException: too much");
        shown.GetProperty("at").GetString()!.ShouldStartWith("KeptLoopScenarios.cs:");
        var frame = shown.GetProperty("frames")[0];
        frame.GetProperty("method").GetString().ShouldBe("KeptLoopScenarios.Fail");
        frame.GetProperty("locals")[0].GetProperty("value").GetString().ShouldBe("\"too much\"");
    }

    [TestCase("local:reason=too much")]
    [TestCase("local:reason=\"too much\"")]
    public void It_stops_where_a_text_is_as_it_is_shown_or_meant(string where)
    {
        using var failing = new StudiedSpinner(_ => Fail("too much"), global::Server.Host.Debugger.StepMode.Paused);
        var stepper = failing.Study.Stepper;
        stepper.Brake.WaitUntilParked(StudiedPage.Patience).ShouldBeTrue();
        stepper.Breakpoints.Add(global::Server.Host.Debugger.Breakpoint.Parse(where)!);
        stepper.Go(global::Server.Host.Debugger.StepMode.Running);
        stepper.Brake.WaitUntilParked(StudiedPage.Patience).ShouldBeTrue();
        stepper.Snapshots.Last!.Events.ShouldContain($"breakpoint {where}");
    }

    private static IEnumerator<Wait> Fail(string reason)
    {
        yield return Wait.Pause();
        throw new InvalidDataException(reason);
    }

    private static JsonElement? FailedIn(JsonElement state) =>
        state.GetProperty("moment") is { ValueKind: JsonValueKind.Object } moment
        && moment
            .GetProperty("coroutines")
            .EnumerateArray()
            .FirstOrDefault(one => one.GetProperty("state").GetString() == "Failed")
            is { ValueKind: JsonValueKind.Object } failed
            ? failed
            : null;

    private static long KeptFor(JsonElement state) =>
        state.GetProperty("hogged") is { ValueKind: JsonValueKind.Object } hogged
            ? hogged.GetProperty("milliseconds").GetInt64()
            : 0;

    private static void Ask(Uri page, string path)
    {
        using var client = new HttpClient();
        using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(page, path)));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    private static void Tell(Uri page, string command)
    {
        using var client = new HttpClient();
        var content = new StringContent(command, System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "commands")) { Content = content };
        using var answer = client.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
