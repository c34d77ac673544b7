using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Coroutines.Diagnostics;

/// <summary>The code and the lines of one assembly, read from its file and its portable PDB (embedded, or beside it).
/// </summary>
/// <remarks>It stays in memory once it was needed; the file doesn't stay open.</remarks>
internal sealed class AssemblySymbols
{
    // Portable PDB format, section "State Machine Hoisted Local Scopes".
    private static readonly Guid HoistedScopes = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");

    // What is remembered here never changes: an assembly that is loaded has one code and one set of lines.
    private static readonly ConditionalWeakTable<Module, AssemblySymbols> Known = new();

    private readonly Dictionary<DocumentHandle, SourceDocument> documents = [];
    private readonly PEReader? image;
    private readonly MetadataReader? code;
    private readonly MetadataReader? lines;

    private AssemblySymbols(string missing) => Missing = missing;

    private AssemblySymbols(PEReader image, MetadataReader lines)
    {
        this.image = image;
        this.lines = lines;
        code = image.GetMetadataReader();
    }

    /// <summary>Why there are none; null if there are.</summary>
    public string? Missing { get; }

    public static AssemblySymbols Of(Module module) => Known.GetValue(module, Open);

    /// <summary>The sources; none if they are missing.</summary>
    public IReadOnlyList<SourceDocument> Documents() => lines is null ? [] : [.. lines.Documents.Select(DocumentOf)];

    /// <summary>Where an iterator yields, by its state.</summary>
    public Dictionary<int, YieldPoint> YieldsOf(Type iterator)
    {
        if (MoveNextOf(iterator) is not { } method)
            return [];
        var body = image!.GetMethodBody(code!.GetMethodDefinition(method).RelativeVirtualAddress);
        var points = lines!.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints().ToList();
        return YieldScan
            .Find(body.GetILReader(), code)
            .ToDictionary(one => one.Key, one => new YieldPoint(one.Value, LineAt(points, one.Value)));
    }

    /// <summary>Where the locals of an iterator are in scope: entry i belongs to the field <c>&lt;name&gt;5__(i+1)</c>.
    /// </summary>
    public IReadOnlyList<HoistedScope> ScopesOf(Type iterator)
    {
        if (MoveNextOf(iterator) is not { } method)
            return [];
        foreach (var handle in lines!.GetCustomDebugInformation(method))
        {
            var information = lines.GetCustomDebugInformation(handle);
            if (lines.GetGuid(information.Kind) == HoistedScopes)
                return ReadScopes(lines.GetBlobReader(information.Value));
        }
        return [];
    }

    [UnconditionalSuppressMessage(
        "SingleFile",
        "IL3000",
        Justification = "An assembly without a file is one without lines, and that is said."
    )]
    private static AssemblySymbols Open(Module module)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return new AssemblySymbols("natively compiled: lines and variables aren't available");
        if (module.Assembly.Location is not { Length: > 0 } path)
            return new AssemblySymbols("the assembly has no file of its own: lines and variables aren't available");
        return Open(module, path);
    }

    private static AssemblySymbols Open(Module module, string path)
    {
        var image = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
        var code = image.GetMetadataReader();
        if (code.GetGuid(code.GetModuleDefinition().Mvid) != module.ModuleVersionId)
        {
            image.Dispose();
            return new AssemblySymbols("the assembly was built anew since it was loaded");
        }
        return image.TryOpenAssociatedPortablePdb(path, File.OpenRead, out var lines, out _) && lines is not null
            ? new AssemblySymbols(image, lines.GetMetadataReader())
            : new AssemblySymbols("the assembly has no portable PDB");
    }

    private MethodDefinitionHandle? MoveNextOf(Type iterator)
    {
        if (Missing is not null)
            return null;
        var type = (TypeDefinitionHandle)MetadataTokens.EntityHandle(iterator.MetadataToken);
        foreach (var method in code!.GetTypeDefinition(type).GetMethods())
        {
            if (code.StringComparer.Equals(code.GetMethodDefinition(method).Name, "MoveNext"))
                return method;
        }
        return null;
    }

    /// <summary>The names of the parameters of an iterator's method, in their order.</summary>
    public IReadOnlyList<string> ParametersOf(Type iterator)
    {
        if (MoveNextOf(iterator) is not { } method)
            return [];
        var declared = lines!
            .GetMethodDebugInformation(method.ToDebugInformationHandle())
            .GetStateMachineKickoffMethod();
        if (declared.IsNil)
            return [];
        var parameters = code!.GetMethodDefinition(declared).GetParameters().Select(code.GetParameter);
        return parameters.Select(parameter => code.GetString(parameter.Name)).ToList();
    }

    /// <summary>The line of the statement that is under way at an offset.</summary>
    private SourceLine? LineAt(List<SequencePoint> points, int offset)
    {
        var before = points.FindAll(point => point.Offset <= offset && !point.IsHidden);
        if (before.Count == 0)
            return null;
        // The arms of a switch expression have points of their own within the one of their statement.
        var statement = before[^1];
        for (var at = before.Count - 2; at >= 0; at--)
            statement = Encloses(before[at], statement) ? before[at] : statement;
        return new SourceLine(DocumentOf(statement.Document), statement.StartLine, statement.StartColumn);
    }

    private static bool Encloses(SequencePoint outer, SequencePoint inner) =>
        outer.Document == inner.Document
        && (outer.StartLine, outer.StartColumn).CompareTo((inner.StartLine, inner.StartColumn)) <= 0
        && (outer.EndLine, outer.EndColumn).CompareTo((inner.EndLine, inner.EndColumn)) >= 0;

    private SourceDocument DocumentOf(DocumentHandle handle)
    {
        lock (documents)
        {
            if (!documents.TryGetValue(handle, out var document))
                documents[handle] = document = new SourceDocument(lines!, handle);
            return document;
        }
    }

    private static List<HoistedScope> ReadScopes(BlobReader blob)
    {
        var scopes = new List<HoistedScope>();
        while (blob.RemainingBytes > 0)
            scopes.Add(new HoistedScope(blob.ReadInt32(), blob.ReadInt32()));
        return scopes;
    }
}
