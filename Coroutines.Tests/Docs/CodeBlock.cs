namespace Coroutines.Tests.Docs;

/// <summary>A block of C# on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line on which the block begins.</param>
/// <param name="Sample">The sample that it claims to be; null if it claims nothing.</param>
/// <param name="Text">The code.</param>
internal sealed record CodeBlock(string Page, int Line, string? Sample, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Page}:{Line} ({Sample ?? "no sample"})";
}
