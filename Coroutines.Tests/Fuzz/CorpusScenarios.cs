using Coroutines.Fuzz;
using CsCheck;

namespace Coroutines.Tests.Fuzz;

/// <summary>Feature: what the fuzzer has found interesting is answered, and leaves nothing behind.</summary>
public sealed class CorpusScenarios
{
    [Test]
    public void Each_input_is_answered_in_one_way_however_it_is_split()
    {
        using var server = new FuzzedServer();
        var inputs = Inputs();
        inputs.Length.ShouldBeGreaterThan(9);
        foreach (var file in inputs)
            Should.NotThrow(() => server.Try(File.ReadAllBytes(file)), file);
    }

    [Test]
    public void So_is_each_mutation()
    {
        using var server = new FuzzedServer();
        var seeds = Inputs().Select(File.ReadAllBytes).Where(bytes => bytes.Length is > 0 and < 500).ToArray();
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 499], Gen.Byte).Array[1, 4])
            .Sample(
                (seed, changes) =>
                {
                    var bytes = (byte[])seeds[seed].Clone();
                    foreach (var (at, value) in changes)
                        bytes[at % bytes.Length] = value;
                    server.Try(bytes);
                },
                iter: Property.Samples(300),
                threads: 1
            );
    }

    [Test]
    public void Any_requests_in_any_pieces_are_answered_as_the_whole()
    {
        using var server = new FuzzedServer();
        var seeds = Inputs().Select(File.ReadAllBytes).ToArray();
        Gen.Select(Gen.Int[0, seeds.Length - 1].Array[1, 4], Gen.Int[1, 60].Array[1, 12])
            .Sample(
                (chosen, pieces) => server.Try([.. chosen.SelectMany(one => seeds[one])], pieces),
                iter: Property.Samples(300),
                threads: 1
            );
    }

    [Test]
    public void So_are_random_bytes()
    {
        using var server = new FuzzedServer();
        Gen.Byte.Array[0, 300].Sample(bytes => server.Try(bytes), iter: Property.Samples(300), threads: 1);
    }

    private static string[] Inputs() => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus"));
}
