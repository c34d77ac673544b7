namespace Server.Host.Debugger.Web;

/// <summary>How a client behaves that the page starts.</summary>
internal enum ClientKind
{
    /// <summary>It asks at once, and takes the answer as fast as it comes.</summary>
    Fast,

    /// <summary>It sends a few bytes now and then, and takes a few.</summary>
    Slow,

    /// <summary>It sends what somebody types.</summary>
    Typed,
}
