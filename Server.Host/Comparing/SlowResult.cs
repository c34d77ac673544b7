namespace Server.Host.Comparing;

/// <summary>What a client waits for that comes while another one sends its request byte by byte.</summary>
/// <param name="Median">How long it waits for an answer.</param>
/// <param name="Longest">How long at the most.</param>
internal sealed record SlowResult(TimeSpan Median, TimeSpan Longest);
