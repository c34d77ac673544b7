namespace Server.Host.Http;

/// <summary>How two entity tags are compared (RFC 9110, section 8.8.3.2).</summary>
internal enum TagComparison
{
    /// <summary>Equal only if both are strong: the representations are the same byte for byte.</summary>
    Strong,

    /// <summary>Equal whether weak or strong: either representation serves.</summary>
    Weak,
}
