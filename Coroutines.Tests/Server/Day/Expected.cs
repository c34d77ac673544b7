namespace Coroutines.Tests.Server.Day;

/// <summary>The answer that a client expects.</summary>
/// <param name="Method">What it asked with.</param>
/// <param name="Status">The status.</param>
/// <param name="Content">The content; null if it can be any.</param>
internal readonly record struct Expected(string Method, int Status, string? Content);
