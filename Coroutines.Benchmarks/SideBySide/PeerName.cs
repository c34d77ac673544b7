namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Whom our server is compared with.</summary>
internal static class PeerName
{
    public const string Ours = "ours";

    /// <summary>Our server, compiled natively.</summary>
    public const string Native = "ours, native";

    public const string Floor = "floor";
    public const string Nginx = "nginx";
    public const string Kestrel = "kestrel";

    /// <summary>Our own server, doing the work of the first row beside another.</summary>
    public const string First = "first row";
}
