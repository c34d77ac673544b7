namespace Coroutines.Diagnostics;

/// <summary>One resume of a coroutine that is under way.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Coroutine">Whose.</param>
/// <param name="Frame">The frame that was resumed; its children may run by now.</param>
/// <param name="Code">The code of that frame.</param>
/// <param name="State">The state in which it was resumed.</param>
/// <param name="Began">When, on the recorder's clock.</param>
internal readonly record struct Step(
    long Number,
    Coroutine Coroutine,
    IEnumerator<Wait> Frame,
    IteratorCode Code,
    int State,
    long Began
);
