namespace Server.Host.Http;

/// <summary>The four forms of a request target (RFC 9112, section 3.2).</summary>
internal enum TargetForm
{
    /// <summary><c>/where?q=now</c></summary>
    Origin,

    /// <summary><c>http://www.example.org/where?q=now</c>, as sent to a proxy; every server takes it.</summary>
    Absolute,

    /// <summary><c>www.example.org:80</c>, with CONNECT alone.</summary>
    Authority,

    /// <summary><c>*</c>, with OPTIONS alone.</summary>
    Asterisk,
}
