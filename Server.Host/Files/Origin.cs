namespace Server.Host.Files;

/// <summary>Where a representation comes from.</summary>
internal enum Origin
{
    /// <summary>From nowhere: none is acceptable.</summary>
    None,

    /// <summary>It is the file as it is.</summary>
    Plain,

    /// <summary>It is a file beside it.</summary>
    Sibling,

    /// <summary>It is compressed on the fly.</summary>
    Compressed,
}
