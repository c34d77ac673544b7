using Coroutines.Testing;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: a server that stands still without a page goes on after a while, unless it was started so.</summary>
public sealed class ClosedPageScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ManualClock clock = new();

    [Test]
    public void It_goes_on_when_its_time_is_over_and_not_before()
    {
        using var page = GivenAServerThatStandsStill(Patience);
        using var goesOn = new ManualResetEventSlim();
        page.Study.Stepper.Brake.Changed += goesOn.Set;
        WhenTimePasses(page, Moment); // by now the page is found to be missing
        WhenTimePasses(page, Patience - (2 * Moment));
        page.Study.Stepper.Brake.IsParked.ShouldBeTrue();
        WhenTimePasses(page, 2 * Moment);
        goesOn.Wait(StudiedPage.Patience).ShouldBeTrue();
        page.Study.Stepper.Brake.IsParked.ShouldBeFalse();
        using var client = page.Site.Connect();
        client.Get("/index.html");
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void With_a_page_it_stands_still_and_the_page_says_what_would_be()
    {
        using var page = GivenAServerThatStandsStill(Patience);
        using var open = page.Open();
        open.UntilMode("paused")
            .GetProperty("notice")
            .GetString()
            .ShouldBe("Once no page is open any more, it goes on after 30 s.");
        WhenTimePasses(page, Moment);
        WhenTimePasses(page, 10 * Patience);
        page.Study.Stepper.Brake.IsParked.ShouldBeTrue();
    }

    [Test]
    public void One_that_was_started_so_stands_still_for_ever()
    {
        using var page = GivenAServerThatStandsStill(patience: null);
        WhenTimePasses(page, Moment);
        WhenTimePasses(page, TimeSpan.FromHours(10));
        page.Study.Stepper.Brake.IsParked.ShouldBeTrue();
    }

    private StudiedPage GivenAServerThatStandsStill(TimeSpan? patience)
    {
        var page = new StudiedPage(patience, clock);
        page.Site.Parked();
        return page;
    }

    // The answers come after all that the time has brought about.
    private void WhenTimePasses(StudiedPage page, TimeSpan time)
    {
        page.Post(() => clock.Advance(time));
        for (var turns = 0; turns < 3; turns++)
            page.Get("").Dispose();
    }
}
