namespace Server.Host.Configuration;

/// <summary>Reads the variables that begin with <see cref="SettingNames.VariablePrefix"/>. An empty one says nothing; one
/// for an option that may be repeated has a value in each line.</summary>
internal static class EnvironmentSettings
{
    /// <param name="variables">All variables.</param>
    /// <param name="names">What may be said.</param>
    /// <param name="wrong">Is told which variables mean nothing.</param>
    public static IEnumerable<Setting> Read(
        IReadOnlyDictionary<string, string> variables,
        SettingNames names,
        ICollection<string> wrong
    )
    {
        foreach (var (variable, value) in variables.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(SettingNames.VariablePrefix, StringComparison.Ordinal))
                continue;
            var name = SettingNames.NameOf(variable);
            if (names.Find(name) is not { } symbol || SettingNames.VariableOf(name) != variable)
                wrong.Add(Unknown(variable, names));
            else if (
                value.Length > 0
                && SettingNames.IsFlag(symbol)
                && SettingNames.WhyNoFlag(variable, value) is { } why
            )
                wrong.Add(why);
            else if (value.Length > 0)
                yield return new(name, variable, SettingNames.IsRepeatable(symbol) ? Lines(value) : [value]);
        }
    }

    private static string[] Lines(string value) =>
        value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Unknown(string variable, SettingNames names) =>
        $"The variable {variable} stands for no option of {names.CommandName}; "
        + $"did you mean {SettingNames.VariableOf(names.NearestTo(SettingNames.NameOf(variable)))}?";
}
