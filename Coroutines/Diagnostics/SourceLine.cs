namespace Coroutines.Diagnostics;

/// <summary>A line of a source.</summary>
/// <param name="Document">The source.</param>
/// <param name="Line">The line at which the statement begins, counted from 1.</param>
/// <param name="Column">The column at which it begins, counted from 1.</param>
public readonly record struct SourceLine(SourceDocument Document, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Document.Name}:{Line}";
}
