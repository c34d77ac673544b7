using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>One client of a load: it asks for the same file again and again, and checks every answer.</summary>
/// <param name="connect">Makes a child that connects, and returns the <see cref="Connection"/>.</param>
/// <param name="page">What it asks for.</param>
/// <param name="use">How many requests it sends over one connection.</param>
/// <param name="tally">Is told what it sees.</param>
internal sealed class LoadClient(Func<IEnumerator<Wait>> connect, Page page, ConnectionUse use, LoadTally tally)
{
    private static readonly TimeSpan PauseWhenRefused = TimeSpan.FromMilliseconds(10);

    private readonly byte[] request = page.RequestOf(use);
    private readonly AnswerCheck check = new(page.Content);
    private long begun;

    /// <summary>How many right answers it has.</summary>
    public long Answers { get; private set; }

    public IEnumerator<Wait> Run()
    {
        while (!tally.IsOver)
        {
            begun = tally.Timestamp();
            yield return TryCall(connect());
            if (Woken.Failure is not null)
            {
                tally.Add(Verdict.Refused, begun);
                yield return Sleep(PauseWhenRefused);
                continue;
            }
            yield return Call(Converse(Woken.Result<Connection>()));
            if (Woken.Result<Verdict>() is Verdict.Refused or Verdict.Wrong)
                yield return Sleep(PauseWhenRefused);
        }
    }

    /// <summary>A conversation, to its end; returns the last <see cref="Verdict"/>.</summary>
    private IEnumerator<Wait> Converse(Connection connection)
    {
        using var owned = connection;
        for (var answers = 0; ; answers++)
        {
            yield return Call(Ask(connection, isFirst: answers == 0));
            var verdict = Woken.Result<Verdict>();
            tally.Add(verdict, begun);
            if (verdict == Verdict.Right)
                Answers++;
            if (verdict != Verdict.Right || use == ConnectionUse.OneRequest || tally.IsOver)
                yield return Return(verdict);
            begun = tally.Timestamp();
        }
    }

    private IEnumerator<Wait> Ask(Connection connection, bool isFirst)
    {
        check.Restart();
        yield return Call(connection.SendAll(request));
        var verdict = Woken.Result<SendResult>() == SendResult.Sent ? Verdict.Incomplete : AtEnd(isFirst);
        while (verdict == Verdict.Incomplete)
        {
            yield return WantRead(connection);
            var isBeginning = isFirst && check.IsEmpty;
            verdict = Receive(connection, isFirst);
            if (isBeginning && !check.IsEmpty)
                tally.AddFirstByte(begun);
        }
        yield return Return(verdict);
    }

    private Verdict Receive(Connection connection, bool isFirst) =>
        connection.Receive(check.Room, out var received) switch
        {
            ReceiveResult.Data => check.Add(received),
            ReceiveResult.WouldBlock => Verdict.Incomplete,
            _ => AtEnd(isFirst),
        };

    private Verdict AtEnd(bool isFirst) =>
        !check.IsEmpty ? Verdict.Wrong
        : isFirst ? Verdict.Refused
        : Verdict.Reopened;
}
