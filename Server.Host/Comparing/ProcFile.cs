namespace Server.Host.Comparing;

/// <summary>A file below <c>/proc</c>, which is gone once its process is.</summary>
internal static class ProcFile
{
    /// <summary>What is in it; null if its process has ended meanwhile, or is somebody else's.</summary>
    public static string? ReadOrGone(string path) => ReadOrGone(() => File.ReadAllText(path));

    /// <summary>What is read below <c>/proc</c>; null if it is gone.</summary>
    public static T? ReadOrGone<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
