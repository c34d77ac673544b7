using Coroutines.Diagnostics;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a watchdog on its own thread and a dump on the scheduler's may look at the same code for the first
/// time.</summary>
public sealed class CodeOnTwoThreadsScenarios
{
    [Test]
    public void Both_find_every_parameter_in_the_order_of_the_source()
    {
        var type = typeof(int);
        for (var i = 0; i < 200; i++)
        {
            var frame = FrameOf(type = typeof(List<>).MakeGenericType(type));
            using var start = new Barrier(2);
            var other = new Thread(() => Look(frame, start));
            other.Start();
            var seen = Look(frame, start);
            other.Join();
            seen.ShouldBe("a b c d e f g h");
            Look(frame).ShouldBe("a b c d e f g h");
        }
    }

    private static IEnumerator<Wait> FrameOf(Type type)
    {
        var frame =
            (IEnumerator<Wait>)
                typeof(CodeOnTwoThreadsScenarios)
                    .GetMethod(nameof(Waits))!
                    .MakeGenericMethod(type)
                    .Invoke(null, [8, 7, 6, 5, 4, 3, 2, 1])!;
        frame.MoveNext();
        return frame;
    }

    private static string Look(IEnumerator<Wait> frame, Barrier? start = null)
    {
        start?.SignalAndWait();
        var variables = IteratorCode.Of(frame).Read(frame).Variables;
        return string.Join(' ', variables.Select(variable => variable.Name));
    }

    public static IEnumerator<Wait> Waits<T>(int a, int b, int c, int d, int e, int f, int g, int h)
    {
        yield return Pause();
        GC.KeepAlive((typeof(T), h, g, f, e, d, c, b, a));
    }
}
