using System.Globalization;

namespace Coroutines.Tests.Server.Http;

/// <summary>An answer as a client reads it from the wire.</summary>
internal sealed record Answer(int Status, string[] Fields, string Content)
{
    /// <summary>Reads all that was received; there must be nothing left over.</summary>
    /// <param name="received">As Latin-1.</param>
    /// <param name="methods">The methods that were asked with; GET where none is given.</param>
    public static List<Answer> ReadAll(string received, params string[] methods)
    {
        var answers = new List<Answer>();
        while (received.Length > 0)
            answers.Add(ReadOne(ref received, methods.ElementAtOrDefault(answers.Count) ?? "GET"));
        return answers;
    }

    /// <summary>The value of a field that must be there once.</summary>
    public string this[string name] => ValuesOf(name).ShouldHaveSingleItem();

    public bool Has(string name) => ValuesOf(name).Any();

    private static Answer ReadOne(ref string received, string method)
    {
        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, "A head must be complete.");
        var lines = received[..end].Split("\r\n");
        lines[0].ShouldStartWith("HTTP/1.1 ");
        var head = new Answer(int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), lines[1..], "");
        var length = method == "HEAD" || head.Status is 204 or 304 ? 0 : LengthOf(head);
        var content = received.Substring(end + 4, length);
        received = received[(end + 4 + length)..];
        return head with { Content = content };
    }

    private static int LengthOf(Answer head) => int.Parse(head["Content-Length"], CultureInfo.InvariantCulture);

    private IEnumerable<string> ValuesOf(string name) =>
        Fields
            .Where(field => field.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
            .Select(field => field[(name.Length + 2)..]);
}
