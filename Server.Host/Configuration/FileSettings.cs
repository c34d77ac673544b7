using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Server.Host.Configuration;

/// <summary>Reads a file that is one JSON object: <c>{ "port": 8080, "head-timeout": 5, "open": true }</c>. Comments and a
/// comma behind the last value do no harm.</summary>
internal sealed class FileSettings
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly string path;
    private readonly SettingNames names;
    private readonly ICollection<string> wrong;

    /// <param name="path">The file.</param>
    /// <param name="names">What may be said in it.</param>
    /// <param name="wrong">Is told what is wrong in it.</param>
    public FileSettings(string path, SettingNames names, ICollection<string> wrong) =>
        (this.path, this.names, this.wrong) = (path, names, wrong);

    public IReadOnlyList<Setting> Read()
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(File.ReadAllBytes(path)), Reading);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return [.. document.RootElement.EnumerateObject().Select(Read).OfType<Setting>()];
            wrong.Add($"{path}: it must be one JSON object; for example {{ \"port\": {ServerOptions.DefaultPort} }}.");
        }
        // What isn't Unicode is seen only when it is read as text.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            wrong.Add($"{path}: it isn't JSON: {broken.Message}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            wrong.Add($"--config names a file that can't be read: {refused.Message}");
        }
        return [];
    }

    // Editors on Windows begin a file so (RFC 8259, section 8.1: a parser may ignore it).
    private static ReadOnlyMemory<byte> WithoutMark(byte[] text) =>
        text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsMemory(Encoding.UTF8.Preamble.Length) : text;

    private Setting? Read(JsonProperty property)
    {
        if (names.Find(property.Name) is not { } symbol)
            wrong.Add($"{path}: {Unknown(property.Name)}");
        else if (ConfigurationArguments.Names.Contains(symbol.Name))
            wrong.Add(
                $"{path}: '{property.Name}' can't be said in a file; it goes on the command line: {symbol.Name}."
            );
        else if (ValuesOf(property.Value, symbol) is { } values && Array.TrueForAll(values, IsUsable))
            return new(property.Name, path, values);
        else
            wrong.Add(
                $"{path}: '{property.Name}' must be {KindOf(symbol, property.Value)}, but was {property.Value.GetRawText()}."
            );
        return null;
    }

    private string Unknown(string name) =>
        $"'{name}' stands for no option of {names.CommandName}; did you mean '{names.NearestTo(name)}'?";

    private static string[]? ValuesOf(JsonElement value, Symbol symbol) =>
        SettingNames.IsFlag(symbol) ? Flag(value)
        : SettingNames.IsRepeatable(symbol) ? Texts(value)
        : Text(value) is { } text ? [text]
        : null;

    private static string[]? Texts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        string[] texts = [.. value.EnumerateArray().Select(Text).OfType<string>()];
        return texts.Length == value.GetArrayLength() ? texts : null;
    }

    private static string[]? Flag(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => [bool.TrueString],
            JsonValueKind.False => [bool.FalseString],
            _ => null,
        };

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    // A command line can't hold a NUL, and what is empty there takes the next word for its value.
    private static bool IsUsable(string text) => text.Length > 0 && !text.Contains('\0');

    private static string KindOf(Symbol symbol, JsonElement value) =>
        SettingNames.IsFlag(symbol) ? "true or false"
        : ValuesOf(value, symbol) is not null ? "a text with something in it, and no NUL"
        : SettingNames.IsRepeatable(symbol) ? "an array of texts"
        : "a number or a text";
}
