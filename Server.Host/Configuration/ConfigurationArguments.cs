using System.CommandLine;

namespace Server.Host.Configuration;

/// <summary>The options <c>--config</c> and <c>--print-config</c>.</summary>
internal static class ConfigurationArguments
{
    public const string Config = "--config";
    public const string Print = "--print-config";

    /// <summary>What can't be said in a file.</summary>
    public static readonly IReadOnlyList<string> Names = [Config, Print];

    public static void AddTo(Command command)
    {
        command.Add(
            new Option<string?>(Config)
            {
                Description = "A JSON file with options; the command line and the environment go before it.",
                HelpName = "file",
            }
        );
        command.Add(Bounded.Flag(Print, "Writes the options that hold as such a file, and ends."));
    }
}
