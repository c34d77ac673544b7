namespace Coroutines.Diagnostics;

/// <summary>A <c>yield return</c> of a compiled iterator.</summary>
/// <param name="Offset">Where in the code of <c>MoveNext</c> its state is stored.</param>
/// <param name="Line">Its line, if the symbols tell.</param>
internal readonly record struct YieldPoint(int Offset, SourceLine? Line);
