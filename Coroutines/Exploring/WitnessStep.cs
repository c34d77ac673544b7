namespace Coroutines.Exploring;

/// <summary>A step of a witness.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Who">The thread, the handler or the child that moved.</param>
/// <param name="Step">What it yielded.</param>
/// <param name="Code">The line of the source.</param>
/// <param name="Values">What was shown after the step: shared variables, registers, the kernel's state.</param>
public sealed record WitnessStep(
    int Number,
    string Who,
    Step Step,
    string Code,
    IReadOnlyList<KeyValuePair<string, string>> Values
);
