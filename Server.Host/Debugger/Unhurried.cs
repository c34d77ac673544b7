using Server.Host.Http;

namespace Server.Host.Debugger;

/// <summary>Timeouts for people: a request that is typed by hand takes its time.</summary>
internal static class Unhurried
{
    private static readonly TimeSpan LongTime = TimeSpan.FromMinutes(10);

    /// <summary>Ten minutes in place of each timeout that nobody has chosen.</summary>
    public static HttpTimeouts Of(HttpTimeouts chosen)
    {
        var byDefault = new HttpTimeouts();
        return chosen with
        {
            Head = Stretch(chosen.Head, byDefault.Head),
            Idle = Stretch(chosen.Idle, byDefault.Idle),
            Send = Stretch(chosen.Send, byDefault.Send),
            Content = Stretch(chosen.Content, byDefault.Content),
            RateGrace = Stretch(chosen.RateGrace, byDefault.RateGrace),
        };
    }

    private static TimeSpan Stretch(TimeSpan chosen, TimeSpan byDefault) => chosen == byDefault ? LongTime : chosen;
}
