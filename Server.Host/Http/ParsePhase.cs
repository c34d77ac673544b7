namespace Server.Host.Http;

/// <summary>Which line of a head the parser reads next.</summary>
internal enum ParsePhase
{
    /// <summary>The request line, or one of the few empty lines that may stand before it.</summary>
    BeforeRequestLine,
    RequestLine,
    Field,
    Complete,
    Refused,
}
