using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Server.Host.Admin;

/// <summary>The option <c>--admin-port</c>: a port, or <c>off</c>.</summary>
internal static class AdminPortOption
{
    public const string Name = "--admin-port";

    private const int MaxPort = 65_535;

    public static Option<string> Make() =>
        new(Name)
        {
            Description =
                "The port, on 127.0.0.1 alone, of /healthz, /readyz, /metrics and /dump; 0 lets the system choose.",
            HelpName = "number|off",
            DefaultValueFactory = _ => ServerOptions.Off,
            Validators = { Check },
        };

    /// <summary>The port that a checked value stands for; null if there is none.</summary>
    public static int? PortOf(string value) =>
        value == ServerOptions.Off ? null : int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void Check(OptionResult result)
    {
        if (result.Tokens is [var token] && token.Value != ServerOptions.Off && !IsPort(token.Value))
            result.AddError(
                $"{Name} must be off, or 0 to {MaxPort}, but was '{token.Value}'; for example {Name} 9090."
            );
    }

    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= MaxPort;
}
