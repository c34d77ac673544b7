namespace Server.Host.Files;

/// <summary>The failure of what needs a descriptor when there is none.</summary>
internal static class OutOfDescriptors
{
    // On Linux as on macOS; the runtime's own failures carry the same numbers.
    private const int OfTheSystem = 23; // ENFILE
    private const int OfTheProcess = 24; // EMFILE

    /// <summary>Those that are left are kept back for what matters more.</summary>
    public static IOException Failure() => new("The descriptors that are left aren't for files.", OfTheProcess);

    /// <summary>Whether something failed since the process, or the system, has none left.</summary>
    public static bool Explains(IOException failure) => failure.HResult is OfTheProcess or OfTheSystem;
}
