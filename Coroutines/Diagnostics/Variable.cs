using System.Diagnostics;

namespace Coroutines.Diagnostics;

/// <summary>A parameter or a local of a frame.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Value">What it held when the frame was read, for people: at most
/// <see cref="MaxValueLength"/> characters. No code of the value's type was run for that.</param>
[DebuggerDisplay("{Value,nq}", Name = "{Name,nq}")]
public readonly record struct Variable(string Name, string Value)
{
    /// <summary>Longer values are cut off there, and end with three dots.</summary>
    public const int MaxValueLength = 120;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Value}";
}
