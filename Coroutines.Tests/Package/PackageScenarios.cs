using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Package;

/// <summary>Feature: the package has all that its users need, on every system, and nothing else.</summary>
[NonParallelizable]
public sealed class PackageScenarios
{
    // Portable PDB format, custom debug information: a document's source.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static PackedLibrary package = null!;

    [OneTimeSetUp]
    public static void Pack() => package = new PackedLibrary();

    [OneTimeTearDown]
    public static void Delete() => package.Dispose();

    [Test]
    public void It_holds_one_assembly_for_every_system_with_its_documentation() =>
        package.Files.ShouldBe(["README.md", "icon.png", "lib/net10.0/Coroutines.dll", "lib/net10.0/Coroutines.xml"]);

    [Test]
    public void It_says_what_it_is()
    {
        package.Says("id").ShouldBe("Coroutines");
        package.Says("license").ShouldBe("MIT");
        package.Says("readme").ShouldBe("README.md");
        package.Says("icon").ShouldBe("icon.png");
        package.Says("authors").ShouldNotBeNullOrWhiteSpace();
        package.Says("tags")!.Split(' ').ShouldContain("coroutines");
        package.Says("description")!.Length.ShouldBeInRange(100, 4_000); // the gallery's limit
        package.Says("projectUrl").ShouldBeNull(); // there is none yet
    }

    [Test]
    public void It_depends_on_Mono_Posix_alone()
    {
        var dependencies = package.Specification.Descendants().Where(one => one.Name.LocalName == "dependency");
        dependencies.Select(one => one.Attribute("id")!.Value).ShouldBe(["Mono.Posix.NETStandard"]);
    }

    [Test]
    public void Its_icon_is_a_PNG_of_128_by_128()
    {
        var icon = package.Read("icon.png").ToArray();
        icon[..8].ShouldBe([0x89, .. "PNG\r\n\u001a\n"u8]);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)).ShouldBe(128);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)).ShouldBe(128);
        icon.Length.ShouldBeLessThan(1_000_000); // the gallery's limit
    }

    [Test]
    public void Its_page_shows_code_of_the_first_page_and_has_no_link_that_only_works_in_the_repository()
    {
        var shown = Repository.PageOfThePackage.CodeBlocks().Select(block => block.Text);
        var tested = Repository.Page("README.md").CodeBlocks().Select(block => block.Text);
        shown.ShouldBeSubsetOf(tested);
        Repository.PageOfThePackage.RelativeLinks().ShouldBeEmpty();
    }

    [Test]
    public void Every_public_type_is_documented_in_it()
    {
        var documented = XDocument
            .Load(package.Read("lib/net10.0/Coroutines.xml"))
            .Descendants("member")
            .Select(member => member.Attribute("name")!.Value);
        typeof(Scheduler)
            .Assembly.GetExportedTypes()
            .Select(type => $"T:{type.FullName}")
            .Except(documented)
            .ShouldBeEmpty();
    }

    [Test]
    public void Its_assembly_is_deterministic_and_has_symbols_and_all_sources_in_it()
    {
        using var assembly = new PEReader(package.Read("lib/net10.0/Coroutines.dll"));
        var entries = assembly.ReadDebugDirectory();
        entries.ShouldContain(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var embedded = entries.Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var reader = symbols.GetMetadataReader();
        reader.Documents.Count.ShouldBeGreaterThan(20);
        reader.Documents.ShouldAllBe(document => HasSource(reader, document));
    }

    [Test]
    public void A_new_project_that_refers_to_it_runs_the_echo_coroutine()
    {
        var project = new ConsumingProject(package);
        project.Write();
        project.Run().ShouldBe("hello");
    }

    private static bool HasSource(MetadataReader reader, DocumentHandle document) =>
        reader
            .GetCustomDebugInformation(document)
            .Select(handle => reader.GetCustomDebugInformation(handle))
            .Any(one => reader.GetGuid(one.Kind) == EmbeddedSource);
}
