namespace Server.Host.Http;

/// <summary>How long a connection may take for what.</summary>
internal sealed record HttpTimeouts
{
    /// <summary>For a whole request head, from its first byte (or the accept) on. Default 10 s.</summary>
    /// <remarks>An absolute limit: a byte now and then doesn't prolong it. nginx allows 60 s, Kestrel 30 s.</remarks>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the end of one answer to the first byte of the next request. Default 15 s.</summary>
    /// <remarks>RFC 9112, section 9.5. Apache keeps a connection for 5 s, nginx for 75 s.</remarks>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Without the peer taking a byte of an answer. Default 30 s; nginx's send_timeout is 60 s.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the whole content of a request, which is only skipped. Default 30 s.</summary>
    public TimeSpan Content { get; init; } = TimeSpan.FromSeconds(30);

    // Kestrel: MinRequestBodyDataRate and MinResponseDataRate, both 240 bytes a second after 5 s.
    public const int DefaultMinRate = 240;
    public const int MaxMinRate = 1_000_000_000;
    public const double DefaultRateGraceSeconds = 5;

    /// <summary>How many bytes of a request's content must come in each second, on average; 0 for no such limit. Default
    /// 240.</summary>
    public int MinReceiveRate { get; init; } = DefaultMinRate;

    /// <summary>How many bytes of an answer the peer must take in each second; 0 for no such limit. Default 240.</summary>
    public int MinSendRate { get; init; } = DefaultMinRate;

    /// <summary>How long a content, or an answer, may be slower than that in the beginning. Default 5 s.</summary>
    public TimeSpan RateGrace { get; init; } = TimeSpan.FromSeconds(DefaultRateGraceSeconds);

    /// <summary>For what still arrives after a refusal, before the connection is closed. Default 2 s; nginx's
    /// lingering_timeout is 5 s.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);
}
