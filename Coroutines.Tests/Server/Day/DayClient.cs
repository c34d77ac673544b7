using System.Net;
using Coroutines.Testing;
using Coroutines.Tests.Server.Http;
using static Coroutines.Wait;

namespace Coroutines.Tests.Server.Day;

/// <summary>One visit of a client: what it sends, and what it expects to have received in the end.</summary>
internal sealed class DayClient(ScriptedPeer peer, string kind)
{
    // What a client asks is answered at once: virtual time passes only where somebody waits for it.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<Expected> expected = [];

    public ScriptedPeer Peer => peer;

    /// <summary>Sends a request for a small file.</summary>
    public void Get(string path, int pieceBytes = int.MaxValue)
    {
        expected.Add(new("GET", 200, DayFiles.ContentOf(path)));
        Send($"GET /{path} HTTP/1.1\r\nHost: a\r\n\r\n", pieceBytes);
    }

    /// <summary>Sends a request that is answered with this status.</summary>
    public void Ask(string method, string target, int status, string rest = "\r\n")
    {
        expected.Add(new(method, status, Content: null));
        Send($"{method} {target} HTTP/1.1\r\nHost: a\r\n{rest}", int.MaxValue);
    }

    public void Expect(string method, int status, string? content) => expected.Add(new(method, status, content));

    public void Send(string text, int pieceBytes) =>
        peer.SendsInPieces(System.Text.Encoding.Latin1.GetBytes(text), pieceBytes);

    /// <summary>A child that closes the connection as a client does that has all it wanted, and checks what it got.
    /// </summary>
    public IEnumerator<Wait> Leave()
    {
        yield return Sleep(Moment);
        CheckAnswers();
        peer.HalfCloses();
        yield return Sleep(Moment);
        CheckClosed();
    }

    /// <summary>A child that waits until the server has closed the connection, and no longer, and checks what came.
    /// </summary>
    /// <param name="timeout">How long that takes.</param>
    /// <param name="slack">How much later it may have been accepted than it came.</param>
    public IEnumerator<Wait> BeLetGoAfter(TimeSpan timeout, TimeSpan slack = default)
    {
        yield return Sleep(timeout - Moment);
        Require(!peer.IsClosed, "was let go too early");
        yield return Sleep(slack + (2 * Moment));
        CheckAnswers();
        CheckClosed();
    }

    public void CheckClosed() => Require(peer.IsClosed, "should be closed");

    public void CheckAnswers()
    {
        var answers = Answer.ReadAll(peer.ReceivedText, [.. expected.Select(one => one.Method)]);
        var statuses = string.Join(' ', answers.Select(answer => answer.Status));
        Require(statuses == string.Join(' ', expected.Select(one => one.Status)), $"was answered {statuses}");
        for (var i = 0; i < answers.Count; i++)
            Require(expected[i].Content is not { } content || content == answers[i].Content, $"got a wrong answer {i}");
    }

    public void Require(bool isSo, string what)
    {
        if (!isSo)
            throw new InvalidOperationException($"{kind} {peer} {what}.");
    }
}
