using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Coroutines.Diagnostics;

/// <summary>What is known of a compiled iterator: its name in the source, where it yields, and what its fields are.</summary>
/// <remarks>It is found out once for each type. Then its state is read in some nanoseconds, without garbage.</remarks>
internal sealed class IteratorCode
{
    /// <summary>The state of what isn't known.</summary>
    public const int UnknownState = int.MinValue;

    private const string MayBeMissing = "optimised: some locals may be missing";
    private const string NotCompiled = "the compiler didn't make this iterator";

    // What is remembered here never changes: it follows from the type alone.
    private static readonly ConditionalWeakTable<Type, IteratorCode> Known = new();

    private readonly Type iterator;
    private readonly IteratorFields fields;
    private readonly Func<object, int>? readState;
    private readonly Lock reading = new();
    private IteratorLayout? layout; // read when it is needed: to note a state takes no symbols

    private IteratorCode(Type iterator)
    {
        this.iterator = iterator;
        Method = SourceName.Of(iterator);
        fields = new IteratorFields(iterator);
        readState = fields.State is { } state ? StateReader.Of(state) : null;
    }

    public string Method { get; }

    /// <summary>Why it has no lines; null if it has.</summary>
    public string? Missing => Layout.Missing;

    private bool IsOptimised =>
        iterator.Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    public static IteratorCode Of(IEnumerator<Wait> frame) =>
        Known.GetValue(frame.GetType(), static iterator => new IteratorCode(iterator));

    private IteratorLayout Layout
    {
        get
        {
            if (Volatile.Read(ref layout) is { } known)
                return known;
            lock (reading) // it puts the fields in order, and a watchdog's thread may be at it, too
            {
                var read = layout ?? IteratorLayout.Of(iterator, fields);
                // Out of descriptors, say: another time it may be read.
                Volatile.Write(ref layout, read.IsLasting ? read : null);
                return read;
            }
        }
    }

    /// <summary>Loads what it takes to note a state, so that this doesn't fail later, when there are no descriptors left.
    /// </summary>
    public static void Prepare()
    {
        RuntimeHelpers.RunClassConstructor(typeof(SourceDocument).TypeHandle);
        using var nothing = Nothing();
        _ = Of(nothing).StateOf(nothing);
    }

    /// <summary>0: not started. N: suspended at its N-th yield. Negative: it runs, or has ended.</summary>
    public int StateOf(IEnumerator<Wait> frame) => readState is null ? UnknownState : readState(frame);

    /// <summary>The line of a yield, if it is known.</summary>
    public SourceLine? LineOf(int state) => Layout.Yields.TryGetValue(state, out var point) ? point.Line : null;

    /// <summary>Reads a frame that doesn't run.</summary>
    public CoroutineFrame Read(IEnumerator<Wait> frame) =>
        StateOf(frame) switch
        {
            > 0 and var state => ReadSuspended(frame, state),
            0 => ReadNotStarted(frame),
            UnknownState => new(Method, FramePosition.Unknown) { Missing = Layout.Missing ?? NotCompiled },
            _ => new(Method, FramePosition.Ended),
        };

    /// <summary>Reads a frame that runs.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="resumedAt">The state in which it was resumed, or <see cref="UnknownState"/>.</param>
    public CoroutineFrame ReadRunning(IEnumerator<Wait> frame, int resumedAt)
    {
        var line = LineOf(resumedAt);
        return new(Method, FramePosition.Running)
        {
            Source = line,
            Variables = fields.ReadParameters(frame),
            Missing = Layout.Missing,
        };
    }

    private static IEnumerator<Wait> Nothing()
    {
        yield break;
    }

    private CoroutineFrame ReadNotStarted(IEnumerator<Wait> frame)
    {
        var missing = Layout.Missing;
        return new(Method, FramePosition.NotStarted) { Variables = fields.ReadParameters(frame), Missing = missing };
    }

    private CoroutineFrame ReadSuspended(IEnumerator<Wait> frame, int state)
    {
        var (yields, scopes, missing) = Layout;
        var variables = fields.ReadParameters(frame);
        if (yields.TryGetValue(state, out var point))
            fields.ReadLocals(frame, scopes, point.Offset, variables);
        return new(Method, FramePosition.Suspended)
        {
            Source = point.Line,
            Variables = variables,
            Missing = missing ?? (IsOptimised ? MayBeMissing : null),
        };
    }
}
