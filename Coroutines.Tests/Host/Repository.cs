namespace Coroutines.Tests.Host;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The site that a user sees first.</summary>
    public static string Site => Path.Combine(Root, "www");

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Coroutines.slnx")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above has Coroutines.slnx.");
            return folder.FullName;
        }
    }
}
