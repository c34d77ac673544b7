using System.CommandLine;
using System.CommandLine.Parsing;

namespace Server.Host.Configuration;

/// <summary>Reads options while what was said is still being checked: <see cref="CommandResult.GetValue{T}(Option{T})"/> throws
/// for an option that was said twice, or without a value.</summary>
internal static class SaidTexts
{
    /// <summary>What was said of an option; null if nothing was, or nothing that holds: that is told by itself.</summary>
    public static string? TextOf(this CommandResult said, Option option) =>
        said.GetResult(option) is { Implicit: false, Tokens: [var only] } ? only.Value : null;

    /// <summary>Whether an option was said, rightly or not.</summary>
    public static bool Has(this CommandResult said, Option option) => said.GetResult(option) is { Implicit: false };
}
