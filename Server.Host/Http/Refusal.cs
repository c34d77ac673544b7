namespace Server.Host.Http;

/// <summary>Why a request is not served: the peer's mistake, or more than this server takes.</summary>
/// <param name="Status">The status to answer with, 400 to 599. The connection closes after the answer.</param>
/// <param name="Reason">One sentence that states the rule, for the answer and the log. Never holds bytes of the peer.
/// </param>
internal readonly record struct Refusal(int Status, string Reason)
{
    public static Refusal BadRequest(string reason) => new(400, reason);
}
