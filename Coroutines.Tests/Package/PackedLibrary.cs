using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Package;

/// <summary>The library as these tests were built with it, packed into a folder of its own.</summary>
internal sealed class PackedLibrary : IDisposable
{
    /// <summary>A version that nobody else restores.</summary>
    public const string Version = "0.1.0-scenario";

    private readonly ZipArchive archive;

    public PackedLibrary()
    {
        Folder = Directory.CreateTempSubdirectory("coroutines-package-").FullName;
        DotNet.Run(
            Path.Combine(Repository.Root, "Coroutines"),
            ["pack", "--no-build", "-c", Configuration, "-o", Feed, $"-p:PackageVersion={Version}"]
        );
        archive = ZipFile.OpenRead(Directory.GetFiles(Feed).Single());
        Specification = XDocument.Load(Read($"Coroutines.nuspec")).Root!.Elements().Single();
    }

    /// <summary>A folder for whatever a scenario writes; it is deleted in the end.</summary>
    public string Folder { get; }

    /// <summary>The folder that holds the package alone.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The files in it, but those that say how it is packed.</summary>
    public IEnumerable<string> Files =>
        archive.Entries.Select(entry => entry.FullName).Where(name => !IsOfThePackaging(name)).Order();

    /// <summary>What it says about itself.</summary>
    public XElement Specification { get; }

    private static string Configuration =>
        typeof(PackedLibrary).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>A file of the package, whole in memory.</summary>
    public MemoryStream Read(string name)
    {
        var content = new MemoryStream();
        using var entry = archive.GetEntry(name)!.Open();
        entry.CopyTo(content);
        content.Position = 0;
        return content;
    }

    public string? Says(string element) => Specification.Element(Specification.Name.Namespace + element)?.Value;

    public void Dispose()
    {
        archive.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool IsOfThePackaging(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal)
        || name.StartsWith("package/", StringComparison.Ordinal)
        || name is "[Content_Types].xml" or "Coroutines.nuspec";
}
