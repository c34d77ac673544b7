using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Configuration;

/// <summary>The options that hold, as a file for <c>--config</c>; and where each was said, which JSON has no place for.
/// </summary>
internal static class PrintedConfiguration
{
    // What a value of an attribute in HTML must not hold may stand in a file.
    private static readonly JsonWriterOptions Writing = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether it was asked for.</summary>
    public static bool IsWanted(ParseResult result) =>
        result.GetResult(ConfigurationArguments.Print) is OptionResult { Implicit: false } said
        && said.GetValueOrDefault<bool>();

    /// <param name="result">The complete command line, without fault.</param>
    /// <param name="line">Knows what was said where.</param>
    /// <param name="output">Where the file is written.</param>
    /// <param name="origins">Where the origins are written.</param>
    public static void Write(ParseResult result, ConfiguredLine line, TextWriter output, TextWriter origins)
    {
        var names = new SettingNames(result.CommandResult.Command);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            foreach (var name in names.All)
                Write(json, name, names.Find(name)!, result);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        foreach (var name in names.All)
            WriteOrigin(name, names.Find(name)!, line, origins);
    }

    private static void Write(Utf8JsonWriter json, string name, Symbol symbol, ParseResult result)
    {
        if (ConfigurationArguments.Names.Contains(symbol.Name) || Texts(symbol, result) is not { Count: > 0 } texts)
            return;
        json.WritePropertyName(name);
        if (SettingNames.IsFlag(symbol))
            json.WriteBooleanValue(bool.Parse(texts[0]));
        else if (SettingNames.IsRepeatable(symbol))
            WriteArray(json, texts);
        else if (IsNumber(symbol))
            json.WriteNumberValue(decimal.Parse(texts[0], Bounded.Styles, CultureInfo.InvariantCulture));
        else
            json.WriteStringValue(texts[0]);
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static IReadOnlyList<string> Texts(Symbol symbol, ParseResult result)
    {
        var tokens = TokensOf(symbol, result);
        if (tokens.Count > 0)
            return [.. tokens.Select(token => token.Value)];
        if (SettingNames.IsFlag(symbol))
            return [IsSaid(symbol, result) ? bool.TrueString : bool.FalseString];
        return
            Convert.ToString(SettingNames.DefaultOf(symbol), CultureInfo.InvariantCulture) is { Length: > 0 } text
            && !SettingNames.IsRepeatable(symbol)
            ? [text]
            : [];
    }

    private static IReadOnlyList<Token> TokensOf(Symbol symbol, ParseResult result) =>
        symbol switch
        {
            Option option => result.GetResult(option)?.Tokens ?? [],
            Argument argument => result.GetResult(argument)?.Tokens ?? [],
            _ => [],
        };

    private static bool IsSaid(Symbol symbol, ParseResult result) =>
        symbol is Option option && result.GetResult(option) is { Implicit: false };

    private static bool IsNumber(Symbol symbol) =>
        (symbol as Option)?.ValueType is { } type ? IsNumber(type) : IsNumber((symbol as Argument)?.ValueType);

    private static bool IsNumber(Type? type) => type == typeof(int) || type == typeof(long) || type == typeof(double);

    // A place that stands in front of another one may have been filled with the default, which nobody said.
    private static void WriteOrigin(string name, Symbol symbol, ConfiguredLine line, TextWriter origins)
    {
        var origin = line.OriginOf(symbol) ?? (line.IsTyped(symbol) ? "the command line" : null);
        if (origin is not null)
            origins.WriteLine($"{name}: from {origin}");
    }
}
