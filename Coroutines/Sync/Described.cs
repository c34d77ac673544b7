namespace Coroutines.Sync;

/// <summary>How things are named in texts for people.</summary>
internal static class Described
{
    public static string As(string kind, string? name) => name is null ? kind : $"{kind} '{name}'";
}
