using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Server.Host;

/// <summary>Options whose values have bounds. What is outside of them is told with its option, its range and an example.
/// </summary>
internal static class Bounded
{
    /// <summary>How numbers are written: with a sign and a decimal point, without exponent or separators.</summary>
    public const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    private const double MaxSeconds = 86_400; // a day

    /// <summary>An option that takes a time in seconds: a millisecond to a day.</summary>
    public static Option<double> Seconds(string name, string description, double byDefault) =>
        Limit(name, description, byDefault, 0.001, MaxSeconds, "seconds");

    /// <summary>An option that takes a number.</summary>
    public static Option<T> Limit<T>(string name, string description, T byDefault, T min, T max, string unit = "number")
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            HelpName = unit,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Number(result, name, min, max, Example(name, byDefault)),
        };

    /// <summary>An option that takes one of some words, by default the first.</summary>
    public static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            DefaultValueFactory = _ => values[0],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !values.Contains(token.Value))
                result.AddError(
                    $"{name} must be one of {string.Join(", ", values)}, but was '{token.Value}'; for example {name} {values[0]}."
                );
        });
        return option;
    }

    /// <summary>An option that is on once it is named; <c>--name=false</c> takes back what was said elsewhere.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>An option that may be given several times.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="value">What its values look like.</param>
    /// <param name="example">One of them.</param>
    /// <param name="whyNot">Why a text is none; null if it is one.</param>
    public static Option<string[]> List(
        string name,
        string description,
        string value,
        string example,
        Func<string, string?> whyNot
    )
    {
        var option = new Option<string[]>(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (whyNot(token.Value) is { } wrong)
                    result.AddError($"{name} '{token.Value}' {wrong}; for example {name} {example}.");
        });
        return option;
    }

    private static string Example<T>(string name, T value) =>
        string.Create(CultureInfo.InvariantCulture, $"for example {name} {value}");

    /// <summary>Reads a number, or says what is wrong with it.</summary>
    public static T Number<T>(ArgumentResult result, string name, T min, T max, string hint)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, Styles, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        result.AddError(
            string.Create(CultureInfo.InvariantCulture, $"{name} must be {min} to {max}, but was '{text}'; {hint}.")
        );
        return default;
    }
}
