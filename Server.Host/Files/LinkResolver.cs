namespace Server.Host.Files;

/// <summary>Finds the real path behind links, name by name.</summary>
internal static class LinkResolver
{
    private const int MaxLinks = 40; // Linux: MAXSYMLINKS

    /// <summary>The real path of <paramref name="path"/>, or null if more than 40 links lead to it: a loop. Names that
    /// don't exist stand for themselves.</summary>
    /// <param name="path">An absolute path without dot segments.</param>
    /// <exception cref="IOException">A link cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static string? Resolve(string path)
    {
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (FollowFirstLink(path) is not { } followed)
                return path;
            path = followed;
        }
        return null;
    }

    private static string? FollowFirstLink(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var names = path[real.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        for (var i = 0; i < names.Length; i++)
        {
            var next = Path.Combine(real, names[i]);
            if (new FileInfo(next).LinkTarget is { } target)
                return Path.Combine([Path.GetFullPath(target, real), .. names[(i + 1)..]]);
            real = next;
        }
        return null;
    }
}
