namespace Server.Host.Files;

/// <summary>Compares real paths: absolute, without links and dot segments.</summary>
internal static class RealPath
{
    /// <summary>True if <paramref name="path"/> is <paramref name="root"/> or lies below it.</summary>
    /// <param name="root">A real path; a trailing separator doesn't matter. Nothing is inside of an
    /// empty one.</param>
    /// <param name="path">A real path. Anything else, such as 'pipe:[1]', is outside of every root.</param>
    /// <param name="separator">What stands between two names.</param>
    public static bool IsInside<T>(ReadOnlySpan<T> root, ReadOnlySpan<T> path, T separator)
        where T : IEquatable<T>
    {
        var prefix = root.TrimEnd(separator);
        if (root.IsEmpty || !path.StartsWith(prefix))
            return false;
        // '/srv/www-secret' begins with '/srv/www' and is not inside.
        return path.Length == prefix.Length ? !path.IsEmpty : path[prefix.Length].Equals(separator);
    }
}
