namespace Server.Host;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;

    /// <summary>Something outside of the command line is wrong: a port in use, a missing folder.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;
}
