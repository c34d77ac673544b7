namespace Server.Host.Http;

/// <summary>What a Range field comes to (RFC 9110, section 14.2).</summary>
internal enum RangeResult
{
    /// <summary>Answer as if there were none.</summary>
    Ignored,

    /// <summary>Answer 206 with the parts.</summary>
    Satisfiable,

    /// <summary>Answer 416.</summary>
    Unsatisfiable,
}
