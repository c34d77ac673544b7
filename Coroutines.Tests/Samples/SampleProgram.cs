using Coroutines.Tests.Docs;
using Coroutines.Tests.Package;

namespace Coroutines.Tests.Samples;

/// <summary>A sample of <c>docs/samples</c>, built from its one file as a user does. Disposing it deletes what was built.
/// </summary>
internal sealed class SampleProgram : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sample-").FullName;
    private readonly string name;

    private SampleProgram(string name) => this.name = name;

    /// <summary>Builds it; a warning is an error.</summary>
    /// <param name="name">Its file's, without the ending.</param>
    public static SampleProgram Build(string name)
    {
        var program = new SampleProgram(name);
        var samples = Path.Combine(Repository.Root, "docs", "samples");
        DotNet.Run(samples, "build", $"{name}.cs", "--output", program.folder);
        return program;
    }

    /// <summary>Starts it in a process of its own.</summary>
    public SampleProcess Start(params string[] arguments) => new(Path.Combine(folder, $"{name}.dll"), arguments);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
