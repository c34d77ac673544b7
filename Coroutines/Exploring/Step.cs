using System.Runtime.CompilerServices;

namespace Coroutines.Exploring;

/// <summary>What a simulated thread yields just before it touches what others can see.</summary>
/// <remarks>The code between two yields is one atomic step: nobody else moves meanwhile. Meant for
/// <c>using static Coroutines.Exploring.Step</c>.</remarks>
public readonly record struct Step
{
    private Step(string label, int line) => (Label, Line) = (label, line);

    /// <summary>The label of a line of the model's <see cref="Model.Source"/>, or simply what the step does.</summary>
    public string Label { get; }

    /// <summary>What part of that line this step is (<c>calls</c>, <c>returns</c>); empty: all of it.</summary>
    public string Part { get; private init; } = "";

    /// <summary>The line of C# that yielded the step.</summary>
    public int Line { get; }

    /// <summary>When the step can be taken; null: always.</summary>
    internal Func<bool>? Condition { get; private init; }

    /// <summary>What a thread waits for whose condition doesn't hold.</summary>
    internal string WaitsFor { get; private init; } = "";

    /// <summary>Whether the thread sleeps in the kernel, where a signal interrupts it.</summary>
    internal bool IsSleep { get; private init; }

    internal IEnumerator<Step>? Child { get; private init; }

    /// <summary>A step that can be taken at any time.</summary>
    /// <param name="label">The label of a line of the source, or what the step does.</param>
    /// <param name="part">What part of that line it is, if it isn't all of it.</param>
    /// <param name="line">The line of the caller; the compiler fills it in.</param>
    public static Step At(string label, string part = "", [CallerLineNumber] int line = 0) =>
        new(label, line) { Part = part };

    /// <summary>A step that can be taken while a condition holds. Until then the thread is blocked.</summary>
    /// <param name="label">The label of a line of the source, or what the step does.</param>
    /// <param name="condition">It must depend on nothing but the model, and change nothing.</param>
    /// <param name="waitsFor">What the thread waits for, as a deadlock will be told.</param>
    /// <param name="line">The line of the caller; the compiler fills it in.</param>
    public static Step Until(string label, Func<bool> condition, string waitsFor, [CallerLineNumber] int line = 0) =>
        new(label, line) { Condition = condition, WaitsFor = waitsFor };

    /// <summary>Calls another iterator. Neither the call nor the return is a step: the child's last step goes on in the
    /// caller, up to its next yield.</summary>
    public static Step Call(IEnumerator<Step> child, [CallerLineNumber] int line = 0) =>
        new("call", line) { Child = child };

    /// <summary>A sleep in the kernel. If a signal interrupts it, the iterator goes on although the condition doesn't hold.
    /// </summary>
    internal static Step Sleep(string label, string part, Func<bool> condition, string waitsFor) =>
        new(label, 0)
        {
            Part = part,
            Condition = condition,
            WaitsFor = waitsFor,
            IsSleep = true,
        };
}
