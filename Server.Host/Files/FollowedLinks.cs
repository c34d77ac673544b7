namespace Server.Host.Files;

/// <summary>Which symbolic links lead to files that are served.</summary>
internal enum FollowedLinks
{
    /// <summary>Those that end inside the root. The default.</summary>
    Inside,

    /// <summary>All: whoever may write in the root decides what is served (<c>--follow-links</c>).</summary>
    All,
}
