using System.Text;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Debugger.Web;

/// <summary>Sends a trace line by line: it may be as long as all that is kept, and whoever saves it mustn't hold up the other
/// pages meanwhile.</summary>
internal static class TraceStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The coroutine.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="lines">The lines, each of which is made when the one before was sent.</param>
    public static IEnumerator<Wait> Serve(Connection page, IEnumerable<string> lines)
    {
        var (before, behind) = TraceDocument.Ends();
        foreach (var part in lines.Select(line => line + "\n").Prepend(before).Append(behind))
        {
            yield return Call(page.SendAll(Encoding.UTF8.GetBytes(part)), Patience);
            if (Woken.DeadlineReached || Woken.Result<SendResult>() != SendResult.Sent)
                yield break;
            yield return Pause();
        }
    }
}
