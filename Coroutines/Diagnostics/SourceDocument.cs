using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text;

namespace Coroutines.Diagnostics;

/// <summary>A source that an assembly was compiled from.</summary>
public sealed class SourceDocument
{
    // Portable PDB format, section "Embedded Source".
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly MetadataReader symbols;
    private readonly DocumentHandle handle;

    internal SourceDocument(MetadataReader symbols, DocumentHandle handle)
    {
        this.symbols = symbols;
        this.handle = handle;
        Path = symbols.GetString(symbols.GetDocument(handle).Name);
    }

    /// <summary>All sources that an assembly was compiled from, as far as its portable PDB is at hand; else none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    public static IReadOnlyList<SourceDocument> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return AssemblySymbols.Of(assembly.ManifestModule).Documents();
    }

    /// <summary>Where it lay when it was compiled.</summary>
    public string Path { get; }

    /// <summary>The last part of its path.</summary>
    public string Name => Path[(Path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

    /// <summary>Its text, if the assembly carries it (<c>EmbedAllSources</c>); else null. It is unpacked at each call.
    /// </summary>
    public string? ReadText()
    {
        foreach (var one in symbols.GetCustomDebugInformation(handle))
        {
            var information = symbols.GetCustomDebugInformation(one);
            if (symbols.GetGuid(information.Kind) == EmbeddedSource)
                return Unpack(symbols.GetBlobBytes(information.Value));
        }
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    // Four bytes tell the size of what follows once it is inflated; zero, that it isn't deflated.
    private static string Unpack(byte[] blob)
    {
        Stream bytes = new MemoryStream(blob, sizeof(int), blob.Length - sizeof(int));
        if (BitConverter.ToInt32(blob) != 0)
            bytes = new DeflateStream(bytes, CompressionMode.Decompress);
        using var text = new StreamReader(bytes, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
