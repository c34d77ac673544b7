using System.Collections;
using System.Text;
using static Coroutines.Wait;

namespace Coroutines.Tests.Suspended;

// A scenario finds a line by the comment that stands on it.

/// <summary>Coroutines to be looked at while they are suspended.</summary>
public static class Bodies
{
    public static IEnumerator<Wait> Counts(string word, int limit)
    {
        for (var count = 0; count < limit; count++)
            yield return Pause(); // line: counts
        GC.KeepAlive(word);
    }

    // csharpier-ignore
    public static IEnumerator<Wait> TwoOnOneLine()
    {
        var seen = 1;
        yield return Pause(); seen++; yield return Pause(); // line: two on one
        GC.KeepAlive(seen);
    }

    public static IEnumerator<Wait> OverLines(int kind)
    {
        var chosen = kind + 1;
        yield return kind switch // line: over lines
        {
            0 => Sleep(TimeSpan.FromSeconds(1)),
            _ => SleepUntil(Deadline.In(TimeSpan.FromSeconds(2))),
        };
        yield return Sleep( // line: over lines, then
            TimeSpan.FromSeconds(chosen)
        );
    }

    public static IEnumerator<Wait> Calls()
    {
        var before = "calls";
        yield return Call(Inner(before.Length)); // line: calls
        GC.KeepAlive(before);
    }

    public static IEnumerator<Wait> Inner(int length)
    {
        using var owned = new MemoryStream(length);
        try
        {
            yield return Pause(); // line: inner
        }
        finally
        {
            owned.SetLength(0);
        }
    }

    public static IEnumerator<Wait> OneAfterTheOther(string text)
    {
        {
            var first = text + "1";
            yield return Pause(); // line: first
            GC.KeepAlive(first);
        }
        {
            var second = text + "2";
            yield return Pause(); // line: second
            GC.KeepAlive(second);
        }
        yield return Pause(); // line: neither
    }

    public static IEnumerator<Wait> NeverUsedAgain()
    {
        var forgotten = Environment.ProcessId;
        GC.KeepAlive(forgotten);
        yield return Pause();
    }

    public static IEnumerator<Wait> InASection(int kind)
    {
        switch (kind)
        {
            case 0:
                var inside = "section";
                yield return Pause(); // line: section
                GC.KeepAlive(inside);
                break;
        }
    }

    public static IEnumerator<Wait> WithALocalFunction(string greeting)
    {
        var times = 3;
        return Greets();

        IEnumerator<Wait> Greets()
        {
            var said = 0;
            while (said < times)
            {
                yield return Pause(); // line: local function
                said++;
            }
            GC.KeepAlive(greeting);
        }
    }

    public static IEnumerator<Wait> WithALambda()
    {
        var caught = 7;
        Func<int> read = () => caught;
        yield return Pause(); // line: lambda
        GC.KeepAlive(read() + caught);
    }

    public static IEnumerator<Wait> OfAGenericType() => new Box<int>.Inside<string>().Fill("x", 2.5);

    public static IEnumerator<Wait> OfAnInterface() => ((IServes)new Server()).Serve();

    public static IEnumerator<Wait> Holds(object? value)
    {
        yield return Pause();
        GC.KeepAlive(value);
    }

    public static IEnumerator<Wait> Ticks()
    {
        var turn = 0;
        while (true)
        {
            turn++;
            yield return Pause();
        }
    }

    public static IEnumerator<Wait> WrittenByHand() => new ByHand();

    public static object Hostile() => new Trap();

    private interface IServes
    {
        IEnumerator<Wait> Serve();
    }

    private sealed class Server : IServes
    {
        IEnumerator<Wait> IServes.Serve()
        {
            yield return Pause(); // line: interface
        }
    }

    private sealed class Trap : IFormattable, IEnumerable
    {
        public override string ToString() => throw new InvalidOperationException("A value's own code was run.");

        public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

        public IEnumerator GetEnumerator() => throw new InvalidOperationException("A value's own code was run.");
    }

    private sealed class ByHand : IEnumerator<Wait>
    {
        public Wait Current => Pause();

        object IEnumerator.Current => Current;

        public bool MoveNext() => true;

        public void Reset() => throw new NotSupportedException();

        public void Dispose() { }
    }

    private sealed class Box<T>
    {
        public sealed class Inside<TKey>
        {
            public IEnumerator<Wait> Fill<TValue>(TKey key, TValue value)
            {
                var both = new StringBuilder().Append(key).Append(value).ToString();
                yield return Pause(); // line: generic
                GC.KeepAlive(both);
            }
        }
    }
}
