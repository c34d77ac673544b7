using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Coroutines.Diagnostics;

namespace Server.Host;

/// <summary>The option <c>--watchdog</c>: a number of milliseconds, or <c>off</c>.</summary>
internal static class WatchdogOption
{
    private const string Name = "--watchdog";

    private static string ByDefault => Watchdog.DefaultLimit.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    public static Option<string> Make() =>
        new(Name)
        {
            Description =
                "How long a coroutine may keep the loop before that is logged, in milliseconds; 'off' is for ever.",
            HelpName = "milliseconds|off",
            DefaultValueFactory = _ => ByDefault,
            Validators = { Check },
        };

    /// <summary>The limit that a checked value stands for; null if there is none.</summary>
    public static TimeSpan? LimitOf(string value) =>
        value == ServerOptions.Off
            ? null
            : TimeSpan.FromMilliseconds(double.Parse(value, Bounded.Styles, CultureInfo.InvariantCulture));

    private static void Check(OptionResult result)
    {
        if (result.Tokens is not [var token] || token.Value == ServerOptions.Off || IsInRange(token.Value))
            return;
        var (min, max) = (Watchdog.MinLimit.TotalMilliseconds, Watchdog.MaxLimit.TotalMilliseconds);
        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} must be off, or {min} to {max} milliseconds, but was '{token.Value}'; for example {Name} {ByDefault}."
            )
        );
    }

    private static bool IsInRange(string text) =>
        double.TryParse(text, Bounded.Styles, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds >= Watchdog.MinLimit.TotalMilliseconds
        && milliseconds <= Watchdog.MaxLimit.TotalMilliseconds;
}
