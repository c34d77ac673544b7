using Coroutines.Tests.Server.Files;

namespace Coroutines.Tests.Server.Day;

/// <summary>What the site serves: small files, which the cache keeps, and a large one, which is kept open.</summary>
internal static class DayFiles
{
    public static readonly string Large = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i:00000}"));

    private static readonly Dictionary<string, string> Contents = new()
    {
        ["a"] = "hello",
        ["page"] = new string('p', 5_000),
        ["folder/b"] = "deeper",
        ["large"] = Large,
    };

    public static IReadOnlyList<string> Small { get; } = ["a", "page", "folder/b"];

    public static void WriteTo(TemporaryFolder folder)
    {
        foreach (var (path, content) in Contents)
            File.SetLastWriteTimeUtc(folder.Write(path, content), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }

    public static string ContentOf(string path) => Contents[path];
}
