namespace Server.Host.Configuration;

/// <summary>What one source says of one option.</summary>
/// <param name="Name">The option without its dashes, as in <c>head-timeout</c>.</param>
/// <param name="Origin">Where it was said.</param>
/// <param name="Values">One, or for an option that may be repeated as many as there are.</param>
internal sealed record Setting(string Name, string Origin, IReadOnlyList<string> Values);
