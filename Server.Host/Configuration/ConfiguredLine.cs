// What holds is what the command line says; else a variable; else the file; else the default. An option that may be
// repeated is taken as a whole from the first of these that says anything of it.
//
// What variables and the file say is put into the command line, where that says nothing, and is read with it. So a value
// is checked in one place, wherever it was said.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Configuration;

/// <summary>A command line, completed by what the environment and a file say.</summary>
internal sealed class ConfiguredLine
{
    private readonly Dictionary<string, Setting> settings = [];
    private readonly List<string> wrong = [];
    private readonly SettingNames names;
    private readonly ParseResult said;
    private readonly string[] arguments;

    /// <param name="said">The command line, read.</param>
    /// <param name="arguments">The same, as it was typed.</param>
    /// <param name="environment">The variables of this process.</param>
    public ConfiguredLine(ParseResult said, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        (this.said, this.arguments) = (said, arguments);
        names = new(said.CommandResult.Command);
        wrong.AddRange(arguments.Select(names.WhyNoFlag).OfType<string>());
        wrong.AddRange(arguments.Select(names.WhyNoValue).OfType<string>());
        if (!IsConfigurable)
            return;
        foreach (var setting in EnvironmentSettings.Read(environment, names, wrong))
            Add(setting);
        if (FileName is { } path)
            foreach (var setting in new FileSettings(path, names, wrong).Read())
                Add(setting);
    }

    /// <summary>What is wrong apart from the values.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>The whole command line.</summary>
    public IReadOnlyList<string> Complete()
    {
        var start = said.CommandResult.Parent is null ? 0 : Array.IndexOf(arguments, names.CommandName) + 1;
        return [.. arguments[..start], .. Options(), .. arguments[start..], .. Places()];
    }

    /// <summary>Where the value of a symbol was said, if not on the command line; else null.</summary>
    public string? OriginOf(Symbol symbol) => settings.GetValueOrDefault(symbol.Name.TrimStart('-'))?.Origin;

    /// <summary>Whether the command line says something of a symbol, as it was typed.</summary>
    public bool IsTyped(Symbol symbol) => IsSaid(symbol);

    // Who asks for help is answered, whatever is wrong elsewhere.
    private bool IsConfigurable =>
        names.Find(Key(ConfigurationArguments.Config)) is not null
        && !said.CommandResult.Children.Any(child => child is OptionResult { Option: HelpOption or VersionOption });

    private string? FileName =>
        said.GetResult(ConfigurationArguments.Config) is OptionResult { Tokens: [var token] }
            ? token.Value
            : settings.GetValueOrDefault(Key(ConfigurationArguments.Config))?.Values[0];

    private static string Key(string option) => option.TrimStart('-');

    private void Add(Setting setting)
    {
        if (!IsSaid(names.Find(setting.Name)!))
            settings.TryAdd(setting.Name, setting);
    }

    private bool IsSaid(Symbol symbol) =>
        symbol switch
        {
            Option option => said.GetResult(option) is { Implicit: false },
            Argument argument => said.GetResult(argument) is { Tokens.Count: > 0 },
            _ => false,
        };

    // A value that is the default anyway isn't said: what needs another option to make sense would ask for that.
    private IEnumerable<string> Options() =>
        from setting in settings.Values
        where names.Find(setting.Name) is Option
        from value in setting.Values
        where !IsDefault(setting.Name, value)
        select $"--{setting.Name}={value}";

    private bool IsDefault(string name, string value) =>
        string.Equals(
            Convert.ToString(SettingNames.DefaultOf(names.Find(name)!), CultureInfo.InvariantCulture),
            value,
            StringComparison.OrdinalIgnoreCase
        );

    // Arguments are known by their place: whoever is missing in front of one is put there.
    private IEnumerable<string> Places()
    {
        var missing = said
            .CommandResult.Command.Arguments.Where(argument => !IsSaid(argument))
            .Select(argument => (Argument: argument, Value: settings.GetValueOrDefault(argument.Name)?.Values[0]))
            .ToList();
        var count = missing.FindLastIndex(one => one.Value is not null) + 1;
        return missing
            .Take(count)
            .Select(one =>
                one.Value ?? Convert.ToString(SettingNames.DefaultOf(one.Argument), CultureInfo.InvariantCulture) ?? ""
            );
    }
}
