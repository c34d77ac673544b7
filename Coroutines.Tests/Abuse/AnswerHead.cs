using System.Globalization;
using System.Text;

namespace Coroutines.Tests.Abuse;

/// <summary>The head of an answer.</summary>
internal sealed class AnswerHead(byte[] bytes)
{
    private readonly string text = Encoding.Latin1.GetString(bytes);

    public int Status => int.Parse(text.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);

    /// <summary>How much content it announces.</summary>
    public int ContentBytes => int.Parse(Field("Content-Length") ?? "0", CultureInfo.InvariantCulture);

    /// <summary>The value of a field; null if it isn't there.</summary>
    public string? Field(string name) =>
        text.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))
            ?[(name.Length + 2)..];

    public override string ToString() => text;
}
