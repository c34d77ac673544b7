using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Server.Host.Debugger;

/// <summary>A trace as one HTML file: the debugger's page, with its style, its script and the trace in it. It opens from disk,
/// without a server.</summary>
/// <remarks>A page from disk can import no modules. So they are put into one script, each as a function whose result is what it
/// exports. That reads no JavaScript: it relies on the page's modules to have each import and each export begin a line.
/// </remarks>
internal static partial class TraceDocument
{
    /// <summary>What stands before the trace and behind it. The trace is JSON, one value a line, in which no <c>&lt;</c> stands
    /// as such; the first has the version of what follows as its <c>schema</c>.</summary>
    public static (string Before, string Behind) Ends()
    {
        var style = PageFile.Text("page.css");
        var html = PageFile.Text("index.html");
        var script = Script(html);
        var page = ModuleLink()
            .Replace(html, "")
            .Replace(StyleLink, $"{Policy(style, script)}\n  <style>{style}</style>", StringComparison.Ordinal)
            .Replace(ScriptLink, "", StringComparison.Ordinal);
        var end = page.LastIndexOf("</body>", StringComparison.Ordinal);
        return (
            $"{page[..end]}<script type=\"application/jsonl\" id=\"trace\">\n",
            $"\n</script>\n<script type=\"module\">{script}</script>\n{page[end..]}"
        );
    }

    private const string StyleLink = """<link rel="stylesheet" href="page.css">""";
    private const string ScriptLink = """<script type="module" src="page.js"></script>""";

    // What is in the file may do nothing but draw: whatever a client has sent stands in it.
    private static string Policy(string style, string script) =>
        $"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(script)}'">""";

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Script(string html)
    {
        var modules = ModuleLink().Matches(html).Select(link => Module(link.Groups["name"].Value));
        return $"\n{string.Join('\n', modules)}\n{WithoutImports(PageFile.Text("page.js"))}";
    }

    private static string Module(string name)
    {
        var text = PageFile.Text($"{name}.js");
        var exports = Export().Matches(text).Select(export => export.Groups["name"].Value);
        var body = Export().Replace(WithoutImports(text), "${what}${name}");
        return $"const {name}Module = (() => {{\n{body}\nreturn {{ {string.Join(", ", exports)} }};\n}})();";
    }

    private static string WithoutImports(string text) => Import().Replace(text, "const {${names}} = ${module}Module;");

    [GeneratedRegex("""^ *<link rel="modulepreload" href="(?<name>\w+)\.js">\n""", RegexOptions.Multiline)]
    private static partial Regex ModuleLink();

    [GeneratedRegex("""^import \{(?<names>[^}]+)\} from "\./(?<module>\w+)\.js";""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("""^export (?<what>(?:async )?(?:function|const|class) )(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Export();
}
