using System.CommandLine;
using System.CommandLine.Help;
using Server.Host.Exploring;

namespace Server.Host.Configuration;

/// <summary>The options and arguments of a command that can be said elsewhere, too: <c>--head-timeout</c> is
/// <c>COROUTINES_HEAD_TIMEOUT</c> in the environment, and <c>head-timeout</c> in a file.</summary>
internal sealed class SettingNames
{
    /// <summary>What the name of every variable begins with.</summary>
    public const string VariablePrefix = "COROUTINES_";

    private readonly Dictionary<string, Symbol> symbols = [];

    public SettingNames(Command command)
    {
        CommandName = command is RootCommand ? "Server.Host" : command.Name;
        foreach (var argument in command.Arguments)
            symbols.Add(argument.Name, argument);
        foreach (var option in command.Options)
            if (option is not (HelpOption or VersionOption))
                symbols.Add(option.Name.TrimStart('-'), option);
    }

    /// <summary>Whose they are.</summary>
    public string CommandName { get; }

    /// <summary>All names, arguments first.</summary>
    public IEnumerable<string> All => symbols.Keys;

    public Symbol? Find(string name) => symbols.GetValueOrDefault(name);

    /// <summary>The name that is most like one that there isn't.</summary>
    public string NearestTo(string name) => Nearest.To(name, All);

    /// <summary>The variable that stands for a name.</summary>
    public static string VariableOf(string name) => VariablePrefix + name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The name that a variable stands for.</summary>
    public static string NameOf(string variable) =>
        variable[VariablePrefix.Length..].Replace('_', '-').ToLowerInvariant();

    /// <summary>Whether it is true or false, and not a value.</summary>
    public static bool IsFlag(Symbol symbol) => symbol is Option { ValueType: var type } && type == typeof(bool);

    /// <summary>Whether it may be said several times.</summary>
    public static bool IsRepeatable(Symbol symbol) => symbol is Option { Arity.MaximumNumberOfValues: > 1 };

    /// <summary>Why an argument of the command line is no flag, <c>--open=no</c> say; null if it is, or isn't meant to be.
    /// </summary>
    public string? WhyNoFlag(string argument)
    {
        var (name, value) = argument.Split('=', 2) is [var before, var after] ? (before, after) : ("", "");
        return
            name.StartsWith("--", StringComparison.Ordinal) && Find(name.TrimStart('-')) is { } symbol && IsFlag(symbol)
            ? WhyNoFlag(name, value)
            : null;
    }

    /// <summary>Why an argument such as <c>--host=</c> is wrong: the next one would be taken for its value. Null if it isn't
    /// such a one.</summary>
    public string? WhyNoValue(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.IndexOf('=') == argument.Length - 1
        && Find(argument.Trim('-', '=')) is Option option
        && !IsFlag(option)
            ? $"{option.Name} needs a value: {option.Name} <{option.HelpName}>."
            : null;

    /// <summary>Why a value is none of a flag; null if it is.</summary>
    public static string? WhyNoFlag(string name, string value) =>
        bool.TryParse(value, out _)
            ? null
            : $"{name} must be true or false, but was '{value}'; for example {name}=true.";

    /// <summary>What holds if nothing is said; null if nothing does.</summary>
    public static object? DefaultOf(Symbol symbol) =>
        symbol switch
        {
            Option { HasDefaultValue: true } option => option.GetDefaultValue(),
            Argument { HasDefaultValue: true } argument => argument.GetDefaultValue(),
            _ => IsFlag(symbol) ? false : null,
        };
}
