namespace Server.Host.Files;

/// <summary>What of a file isn't in memory.</summary>
internal enum ColdPart
{
    /// <summary>What the folders on the way to it say.</summary>
    Way,

    /// <summary>Its content.</summary>
    Content,
}
