using System.CommandLine;
using System.CommandLine.Parsing;

namespace Server.Host.Configuration;

/// <summary>An option that only some models have a use for.</summary>
/// <param name="Option">The option.</param>
/// <param name="Models">Those models.</param>
internal sealed record ModelOption(Option Option, params string[] Models)
{
    /// <summary>Why it is of no use, if it was said all the same; else null.</summary>
    /// <param name="model">The model that was chosen.</param>
    /// <param name="said">What was said.</param>
    public string? WhyNot(string model, CommandResult said) =>
        Models.Contains(model) || !said.Has(Option)
            ? null
            : $"{Option.Name} goes with --model {string.Join(" and ", Models)}, not {model}.";
}
