using System.Globalization;
using System.Text.RegularExpressions;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>Where a server that runs is to stop. In one line: <c>co=6</c>, <c>fd=9</c>, <c>url~/big</c>,
/// <c>line=HttpConnection.cs:48</c>, <c>event=partial-send</c>, <c>local:stretch&gt;100</c>.</summary>
internal sealed partial class Breakpoint
{
    /// <summary>What can be asked for, in a sentence.</summary>
    public const string Grammar =
        "co=6, fd=9, url~/big, line=HttpConnection.cs:N (with a 'yield return'), event=partial-send, event=failed, or "
        + "local:stretch>100";

    /// <summary>How long one may be. Long enough for a target.</summary>
    public const int MaxLength = 200;

    private readonly Func<Moment, bool> matches;

    private Breakpoint(string text, Func<Moment, bool> matches) => (Text, this.matches) = (text, matches);

    /// <summary>What was asked for.</summary>
    public string Text { get; }

    /// <summary>The line that it names, such as <c>HttpConnection.cs:48</c>; null if it names none.</summary>
    public string? Line => LinePattern().Match(Text) is { Success: true } line ? line.Groups[1].Value : null;

    /// <summary>Whether this is where to stop.</summary>
    public bool Matches(Moment moment) => matches(moment);

    /// <summary>Reads one.</summary>
    /// <returns>Null if that is none.</returns>
    public static Breakpoint? Parse(string text)
    {
        text = text.Trim();
        return text.Length <= MaxLength && Matcher(text) is { } matches ? new Breakpoint(text, matches) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static Func<Moment, bool>? Matcher(string text)
    {
        if (Number().Match(text) is { Success: true } number)
            return OfNumber(number.Groups[1].Value, int.Parse(number.Groups[2].Value, CultureInfo.InvariantCulture));
        if (text.StartsWith("url~", StringComparison.Ordinal) && text["url~".Length..] is { Length: > 0 } part)
            return moment => moment.Target?.Contains(part, StringComparison.Ordinal) == true;
        if (LinePattern().Match(text) is { Success: true } line)
            return moment => moment.Innermost?.Source?.ToString() == line.Groups[1].Value;
        if (text == "event=partial-send")
            return moment => moment.HasSentPartially;
        if (text == "event=failed")
            return moment => moment.HasFailed;
        return Local().Match(text) is { Success: true } local ? OfLocal(local) : null;
    }

    private static Func<Moment, bool> OfNumber(string kind, int number) =>
        kind == "co" ? moment => moment.CoroutineId == number : moment => moment.Descriptor == number;

    private static Func<Moment, bool> OfLocal(Match local)
    {
        var (name, equals) = (local.Groups[1].Value, local.Groups[2].Success);
        var (sign, value) = (local.Groups[equals ? 2 : 4].Value, local.Groups[equals ? 3 : 5].Value);
        return moment =>
            moment
                .Frames.SelectMany(frame => frame.Variables)
                .Any(variable => variable.Name == name && Compares(variable.Value, sign, value));
    }

    private static bool Compares(string actual, string sign, string expected)
    {
        if (!decimal.TryParse(actual, CultureInfo.InvariantCulture, out var one))
            return sign == "=" && (actual == expected || actual == $"\"{expected}\""); // a string is shown in quotes
        return decimal.TryParse(expected, CultureInfo.InvariantCulture, out var other)
            && sign switch
            {
                ">" => one > other,
                "<" => one < other,
                _ => one == other,
            };
    }

    [GeneratedRegex(@"^(co|fd)=([0-9]{1,9})\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^line=([\w.]+:[0-9]{1,9})\z")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^local:(\w+)(?:(=)(.+)|([<>])(-?[0-9]{1,20}(?:\.[0-9]{1,8})?))\z")]
    private static partial Regex Local();
}
