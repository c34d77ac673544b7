using System.Globalization;
using Coroutines;
using static Coroutines.Wait;

namespace Server.Host.Debugger.Web;

/// <summary>Looks after a server whose page was closed: one that stands still, so that nobody will ever let it go on, goes on
/// after a while. Also has one that runs be looked at while somebody looks.</summary>
/// <param name="study">What is studied.</param>
/// <param name="board">Knows who looks.</param>
/// <param name="patience">How long it stands still without a page; null: for ever.</param>
/// <param name="log">Is told that it will go on, and that it has.</param>
internal sealed class PageWatch(Study study, Board board, TimeSpan? patience, Log log)
{
    /// <summary>How long a server stands still without a page, unless it was started so.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private bool isAlone;

    /// <summary>What is to be said to whoever looks now; null if nothing is.</summary>
    public string? Notice => board.Pages >= ManyPages ? Crowd : Loneliness;

    // A browser opens six connections to one address (Chromium and Firefox: 6 for each host), and each page keeps one.
    private const int ManyPages = 6;

    private string Crowd =>
        $"{board.Pages} pages are open. A browser opens {ManyPages} connections to one address, and each page keeps one: if a button does nothing, close another page.";

    private string? Loneliness =>
        patience is not { } time || !study.Stepper.Brake.IsParked ? null
        : isAlone ? $"No page is open: it goes on in {Seconds(time)}."
        : $"Once no page is open any more, it goes on after {Seconds(time)}.";

    private bool StandsAlone => board.Pages == 0 && study.Stepper.Brake.IsParked;

    /// <summary>The coroutine; it never ends.</summary>
    public IEnumerator<Wait> Run()
    {
        while (true)
        {
            yield return board.NextVersion(Stepper.GlancePeriod);
            if (board.Pages > 0)
                study.Stepper.Glance();
            if (study.Hog?.Step is not null)
                board.Touch();
            if (StandsAlone && patience is { } time)
                yield return Call(LetGoAfter(time));
        }
    }

    private IEnumerator<Wait> LetGoAfter(TimeSpan time)
    {
        Become(alone: true);
        log.PageHasGone(Seconds(time));
        for (var end = Deadline.In(time); StandsAlone; )
        {
            yield return board.NextVersion(end);
            if (!Woken.DeadlineReached || !StandsAlone)
                continue;
            study.Stepper.Go(StepMode.Running);
            log.GoesOnWithoutPage();
        }
        Become(alone: false);
    }

    private void Become(bool alone)
    {
        isAlone = alone;
        board.Touch();
    }

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
