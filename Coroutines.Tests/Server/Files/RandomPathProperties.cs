using System.Text;
using CsCheck;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: whatever a client asks for, it gets a file of the root or a refusal.</summary>
public sealed class RandomPathProperties
{
    private const string Inside = "inside";

    private static readonly string[] Pieces =
    [
        .. new[]
        {
            "/",
            "//",
            ".",
            "..",
            "/../",
            "/./",
            "%2e",
            "%2E%2e",
            "%2f",
            "%5c",
            "\\",
            "%252e",
            "%",
            "%0",
            "%00",
        },
        .. new[] { "a", "b.txt", "index.html", "folder", "root", "root-secret", "secret.txt", ".git", ".well-known" },
        .. new[] { "in", "out", "up", "self", "etc", "hostname", "tmp", " ", "+", ":", "~1", "con", "%ff", "%c3%a4" },
    ];

    private static readonly Gen<string> Piece = OneOf(Pieces);

    private static readonly Gen<byte[]> Paths = Gen.OneOf(
        Piece.Array[0, 12].Select(pieces => Encoding.UTF8.GetBytes("/" + string.Concat(pieces))),
        Piece.Array[0, 12].Select(pieces => Encoding.UTF8.GetBytes("/" + string.Join('/', pieces))),
        Gen.Byte.Array[0, 40].Select(bytes => (byte[])[(byte)'/', .. bytes]),
        Gen.Byte.Array[0, 40]
    );

    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void No_path_throws_or_leads_out_of_the_root()
    {
        GivenATreeWithTraps();
        Paths.Sample(path => ThenItStaysInside(path, Cached(FileRoot.At(folder.Root))), iter: 5_000, threads: 1);
    }

    [Test]
    public void No_path_throws_or_leads_out_under_the_portable_guard()
    {
        GivenATreeWithTraps();
        Paths.Sample(
            path => ThenItStaysInside(path, Cached(new PortableFileRoot(folder.Root))),
            iter: 2_000,
            threads: 1
        );
    }

    [Test]
    public void A_decoded_path_holds_no_way_up() =>
        Paths.Sample(
            raw =>
            {
                var path = TargetPath.Decode(raw, new byte[TargetPath.BufferBytes]);
                var names = Encoding.UTF8.GetString(path.File).Split('/');
                path.File.IsEmpty.ShouldBe(path.Refusal != TargetRefusal.None);
                names.ShouldNotContain(name => name == "." || name == ".." || name.Contains('\0'));
                path.File.StartsWith("/"u8).ShouldBeFalse();
            },
            iter: 20_000,
            threads: 1
        );

    [Test]
    public void Dot_segments_are_removed_as_from_a_stack() =>
        OneOf("a", "bc", "def", "long-name", ".well-known", ".", "..", "..", "")
            .Array[1, 8]
            .Sample(
                names =>
                {
                    var path = Encoding.UTF8.GetBytes(string.Join('/', names));
                    var refusal = Segments.Normalise(path, out var length);
                    var kept = refusal == TargetRefusal.None ? Encoding.UTF8.GetString(path, 0, length) : null;
                    kept.ShouldBe(OnAStack(names));
                },
                iter: 20_000,
                threads: 1
            );

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    // The rules of RFC 3986, section 5.2.4, and ours, in the plainest way.
    private static string? OnAStack(string[] names)
    {
        var kept = new List<string>();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is "" && i < names.Length - 1)
                return null;
            if (names[i] is ".." && kept.Count == 0)
                return null;
            if (names[i] is ".well-known" && kept.Count > 0)
                return null;
            if (names[i] is "..")
                kept.RemoveAt(kept.Count - 1);
            else if (names[i] is not ("" or "."))
                kept.Add(names[i]);
        }
        var isFolder = kept.Count > 0 && names[^1] is ("" or "." or "..");
        return string.Join('/', kept) + (isFolder ? "/" : "");
    }

    private void GivenATreeWithTraps()
    {
        foreach (var file in new[] { "a", "b.txt", "index.html", "folder/index.html", "folder/a", ".well-known/a" })
            folder.Write(file, Inside);
        folder.Write(".git/config", TemporaryFolder.Secret);
        folder.WriteSecret("secret.txt");
        folder.WriteSecret("root-secret/secret.txt");
        if (OperatingSystem.IsWindows())
            return; // links need a privilege there
        folder.Link("in", "folder");
        folder.Link("out", "../secret.txt");
        folder.Link("up", "..");
        folder.Link("self", "self");
    }

    private static FileCache Cached(IFileRoot root) => new(root, TimeProvider.System, new());

    private static void ThenItStaysInside(byte[] path, FileCache cache)
    {
        using (cache)
        using (var lookup = cache.Find(path))
        {
            if (lookup.Entry is { } entry)
                ServedFolder.ContentOf(entry).ShouldBe(Inside);
            if (lookup.Kind == LookupKind.RedirectToSlash)
                SlashRedirect.Write(path, [], new byte[path.Length + 1]).ShouldBe(path.Length + 1);
        }
    }
}
