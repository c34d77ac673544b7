namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Whom our server is compared with.</summary>
internal static class PeerName
{
    public const string Ours = "ours";
    public const string Floor = "floor";
    public const string Nginx = "nginx";
    public const string Kestrel = "kestrel";

    /// <summary>Our own server, in the first row.</summary>
    public const string First = "first row";
}
