namespace Coroutines.Tests.Storm;

/// <summary>Which frames have begun and not ended yet.</summary>
internal sealed class StormLedger(StormTrace trace, Action lastWords)
{
    private readonly Dictionary<Coroutine, StormFrame> innermost = [];
    private int lastNumber;

    /// <summary>How many frames are open.</summary>
    public int Open { get; private set; }

    public StormFrame Enter()
    {
        var coroutine = Coroutine.Current!;
        var frame = new StormFrame(this, ++lastNumber, coroutine, innermost.GetValueOrDefault(coroutine));
        innermost[coroutine] = frame;
        Open++;
        trace.Add("enters", coroutine.Id, frame.Number);
        return frame;
    }

    /// <summary>A frame goes on: all frames that it called must have ended.</summary>
    public void GoesOn(StormFrame frame)
    {
        trace.Expect(
            Coroutine.Current == frame.Coroutine,
            $"frame {frame.Number} runs in another coroutine than its own"
        );
        trace.Expect(
            innermost.GetValueOrDefault(frame.Coroutine) == frame,
            $"frame {frame.Number} isn't the innermost"
        );
    }

    public void Leave(StormFrame frame)
    {
        GoesOn(frame);
        trace.Add("leaves", frame.Coroutine.Id, frame.Number);
        Open--;
        if (frame.Caller is null)
            innermost.Remove(frame.Coroutine);
        else
            innermost[frame.Coroutine] = frame.Caller;
        lastWords();
    }
}
