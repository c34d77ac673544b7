using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Debugger.Web;

/// <summary>Sends a page the state whenever there is a new one, and a beat while there isn't: a page that misses the beat
/// knows that the whole process stands still. A page that is slow gets the latest state, and no backlog.</summary>
internal static class StateStream
{
    /// <summary>How often a page hears of the process at the least.</summary>
    public static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(1);

    // No eye follows more than ten pictures a second.
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] Beat = [.. "event: beat\ndata: {}\n\n"u8];

    /// <summary>The coroutine; it ends when the page has gone.</summary>
    public static IEnumerator<Wait> Serve(Connection page, Board board)
    {
        using var look = board.Open();
        for (var shown = 0L; ; )
        {
            var message = shown == board.Version ? Beat : board.Message();
            shown = board.Version;
            yield return Call(page.SendAll(message), Patience);
            if (Woken.DeadlineReached || Woken.Result<SendResult>() != SendResult.Sent)
                yield break;
            yield return Sleep(ShortestPeriod);
            if (shown != board.Version)
                continue;
            yield return Any(BeatPeriod - ShortestPeriod, WantRead(page), board.NextVersion());
            if (Woken.Index == 0 && HasGone(page))
                yield break;
        }
    }

    private static bool HasGone(Connection page)
    {
        Span<byte> unasked = stackalloc byte[256];
        return page.Receive(unasked, out _) is not (ReceiveResult.Data or ReceiveResult.WouldBlock);
    }
}
