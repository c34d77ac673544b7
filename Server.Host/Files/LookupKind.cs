namespace Server.Host.Files;

/// <summary>How a path is to be answered.</summary>
internal enum LookupKind
{
    /// <summary>404: nothing is served under the path. Why is not told: a forbidden file looks like a missing one.</summary>
    NotFound,

    /// <summary>200, or whatever the conditions of the request make of it.</summary>
    Found,

    /// <summary>301 to <see cref="SlashRedirect"/>: the path is a folder's, without its slash.</summary>
    RedirectToSlash,

    /// <summary>400: the path isn't one.</summary>
    BadRequest,

    /// <summary>406: none of the codings that there are is one that the client takes (RFC 9110, section 15.5.7).</summary>
    NotAcceptable,

    /// <summary>Nothing yet: the file is being written. To be asked again a little later.</summary>
    BeingWritten,

    /// <summary>Nothing yet: something isn't in memory. To be asked again once it was fetched.</summary>
    Cold,
}
