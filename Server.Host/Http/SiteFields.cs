using System.Buffers;
using System.Text;

namespace Server.Host.Http;

/// <summary>The field lines that every answer of a site has, whatever its status.</summary>
internal static class SiteFields
{
    /// <summary>The lines if nothing is asked for.</summary>
    public static readonly ReadOnlyMemory<byte> Default = Of([], []);

    private const string Server = "Server";

    // What says how the message is framed, or is said by the server where it is true.
    private static readonly Dictionary<string, string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Connection"] = "it belongs to the connection",
        ["Keep-Alive"] = "it belongs to the connection",
        ["Proxy-Connection"] = "it belongs to the connection",
        ["TE"] = "it belongs to the connection",
        ["Trailer"] = "it says how the answer is framed",
        ["Transfer-Encoding"] = "it says how the answer is framed",
        ["Upgrade"] = "it belongs to the connection",
        ["Content-Length"] = "it says how the answer is framed",
        ["Content-Encoding"] = "it says how the answer is coded",
        ["Content-Range"] = "it says which part the answer is",
        ["Content-Type"] = "the name of each file tells it",
        ["Accept-Ranges"] = "the server says it where it is true",
        ["Allow"] = "the server says it where it is true",
        ["Date"] = "the server says it itself",
        ["ETag"] = "each file has its own",
        ["Last-Modified"] = "each file has its own",
        ["Location"] = "the server says it where it redirects",
        ["Retry-After"] = "the server says it where it is true",
        ["Cache-Control"] = "--cache says it by the path, for example --cache '**=max-age=60'",
    };

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"
    );

    /// <summary>The lines that were asked for, each with its CR LF.</summary>
    public static ReadOnlyMemory<byte> Of(ServerOptions options) =>
        Of(options.Headers, options.HasSecurityHeaders ? SecurityFields.All : []);

    /// <summary>The lines, each with its CR LF.</summary>
    /// <param name="headers">Each as <c>Name: value</c>, for which <see cref="WhyNot"/> knows no reason. A name may come
    /// several times.</param>
    /// <param name="besides">What there is besides, unless a header has its name.</param>
    public static ReadOnlyMemory<byte> Of(
        IReadOnlyCollection<string> headers,
        IReadOnlyCollection<(string Name, string Value)> besides
    )
    {
        var said = headers.Select(Split).ToList();
        var lines = besides
            .Prepend((Name: Server, Value: "Coroutines"))
            .Where(one => !said.Exists(other => IsSame(one.Name, other.Name)))
            .Concat(said)
            .Select(one => $"{one.Name}: {one.Value}\r\n");
        return Encoding.ASCII.GetBytes(string.Concat(lines));
    }

    /// <summary>Why a text can't be a line of every answer; null if it can.</summary>
    public static string? WhyNot(string header)
    {
        if (!header.Contains(':', StringComparison.Ordinal))
            return "has no ':' between its name and its value";
        var (name, value) = Split(header);
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token))
            return $"has the name '{name}', which must be letters, digits and hyphens";
        if (value.Length == 0)
            return "has no value";
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return "must have printable ASCII as its value";
        return Refused.TryGetValue(name, out var why) ? $"must not set {name}: {why}" : null;
    }

    /// <summary>Which names several texts have in common, and how many each: of those that may stand in one line alone.
    /// </summary>
    public static IEnumerable<(string Name, int Count)> Repeated(IEnumerable<string> headers) =>
        headers
            .Where(header => WhyNot(header) is null)
            .Select(header => Split(header).Name)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(lines => lines.Count() > 1 && !RepeatableFields.Contains(lines.Key))
            .Select(lines => (lines.Key, lines.Count()));

    private static (string Name, string Value) Split(string header)
    {
        var middle = header.IndexOf(':', StringComparison.Ordinal);
        return (header[..middle], header[(middle + 1)..].Trim(' '));
    }

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
