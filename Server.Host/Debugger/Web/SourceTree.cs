using System.Reflection;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger.Web;

/// <summary>The sources of the server and of the library, as they travel inside of the assemblies. Natively compiled there
/// are none.</summary>
internal sealed class SourceTree
{
    private readonly SortedDictionary<string, SourceDocument> documents = new(StringComparer.Ordinal);

    public SourceTree()
    {
        foreach (var assembly in (Assembly[])[typeof(SourceTree).Assembly, typeof(Scheduler).Assembly])
        foreach (var document in SourceDocument.Of(assembly).Where(IsWritten))
            documents[NameOf(document)] = document;
    }

    /// <summary>Their names, such as <c>Server.Host/Http/HttpConnection.cs</c>.</summary>
    public IReadOnlyCollection<string> Names => documents.Keys;

    /// <summary>The text of one; null if there is none of that name, or its text isn't at hand.</summary>
    public string? TextOf(string name) => documents.GetValueOrDefault(name)?.ReadText();

    /// <summary>The name of a source: its path from the folder of its project on; of a stranger's, its file's.</summary>
    public static string NameOf(SourceDocument document)
    {
        var path = document.Path.Replace('\\', '/');
        var start = Math.Max(
            path.LastIndexOf("/Server.Host/", StringComparison.Ordinal),
            path.LastIndexOf(LibraryFolder, StringComparison.Ordinal)
        );
        return start < 0 ? document.Name : path[(start + 1)..];
    }

    /// <summary>Whether it is one of the library's.</summary>
    public static bool IsLibrary(string name) => name.StartsWith(LibraryFolder[1..], StringComparison.Ordinal);

    private const string LibraryFolder = "/Coroutines/";

    // The others are made by the compiler, as it goes along.
    private static bool IsWritten(SourceDocument document) =>
        !NameOf(document).Contains("/obj/", StringComparison.Ordinal)
        && !document.Name.Contains(".g.", StringComparison.Ordinal);
}
