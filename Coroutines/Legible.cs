using System.Globalization;
using System.Text;

namespace Coroutines;

/// <summary>Makes texts that come from outside fit to be shown to people.</summary>
internal static class Legible
{
    /// <summary>What a thing says of itself, which may be a user's. Whoever tells of it mustn't fail by it: if it can't be
    /// read, that is told in its place.</summary>
    public static string TextOf(object? subject) => Read(subject, static it => it?.ToString());

    /// <summary>The message of a failure, or that it can't be read.</summary>
    public static string MessageOf(Exception failure) => Read(failure, static it => it.Message);

    /// <summary>A text in which nothing breaks the line, commands a terminal, turns the order of reading around or can't be
    /// seen: such characters are escaped as in C#.</summary>
    public static string Escaped(string text)
    {
        var isSound = true;
        foreach (var one in text.EnumerateRunes())
            isSound &= IsSound(one);
        if (isSound)
            return text;
        var escaped = new StringBuilder();
        foreach (var one in text.EnumerateRunes())
            escaped.Append(IsSound(one) ? one.ToString() : Escape(one));
        return escaped.ToString();
    }

    private static string Read<T>(T subject, Func<T, string?> read)
    {
        try
        {
            return read(subject) ?? "";
        }
        catch (Exception refused)
        {
            return $"(unreadable: {refused.GetType().Name})";
        }
    }

    private static bool IsSound(Rune one) =>
        Rune.GetUnicodeCategory(one)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private static string Escape(Rune one) =>
        one.Value switch
        {
            '\r' => "\\r",
            '\n' => "\\n",
            '\t' => "\\t",
            <= char.MaxValue => string.Create(CultureInfo.InvariantCulture, $"\\u{one.Value:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{one.Value:x8}"),
        };
}
