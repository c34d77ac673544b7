using System.CommandLine;
using Server.Host.Http;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Configuration;

/// <summary>How long a client may take for what, and how long a stop.</summary>
internal sealed class TimeoutArguments : IArguments
{
    private readonly Option<double> headTimeout = Bounded.Seconds(
        "--head-timeout",
        "For a whole request head, in seconds.",
        10
    );

    private readonly Option<double> idleTimeout = Bounded.Seconds(
        "--idle-timeout",
        "For the next request of a connection, in seconds.",
        15
    );

    private readonly Option<double> sendTimeout = Bounded.Seconds(
        "--send-timeout",
        "Without the client taking a byte, in seconds.",
        30
    );

    private readonly Option<double> contentTimeout = Bounded.Seconds(
        "--content-timeout",
        "For a request's content, in seconds.",
        30
    );

    private readonly Option<int> minReceiveRate = Bounded.Limit(
        "--min-receive-rate",
        "Bytes of a request's content in a second, on average, or the client is let go; 0 is no limit.",
        HttpTimeouts.DefaultMinRate,
        0,
        HttpTimeouts.MaxMinRate
    );

    private readonly Option<int> minSendRate = Bounded.Limit(
        "--min-send-rate",
        "Bytes of an answer that the client takes in a second, or it is let go; 0 is no limit.",
        HttpTimeouts.DefaultMinRate,
        0,
        HttpTimeouts.MaxMinRate
    );

    private readonly Option<double> rateGrace = Bounded.Seconds(
        "--rate-grace",
        "For a content or an answer to come up to these rates, in seconds.",
        HttpTimeouts.DefaultRateGraceSeconds
    );

    private readonly Option<double> grace = Bounded.Seconds(
        "--grace",
        "For answers under way when the server stops, in seconds.",
        ServerOptions.DefaultGraceSeconds
    );

    private readonly Option<double> drainDelay = Bounded.Limit(
        "--drain-delay",
        "For load balancers to notice a stop before accepting ends, in seconds.",
        0d,
        0,
        3_600,
        "seconds"
    );

    public IReadOnlyList<Option> Options =>
        [
            headTimeout,
            idleTimeout,
            sendTimeout,
            contentTimeout,
            minReceiveRate,
            minSendRate,
            rateGrace,
            grace,
            drainDelay,
        ];

    public ServerOptions Read(ParseResult result, ServerOptions options) =>
        options with
        {
            Timeouts = new HttpTimeouts
            {
                Head = TimeSpan.FromSeconds(result.GetValue(headTimeout)),
                Idle = TimeSpan.FromSeconds(result.GetValue(idleTimeout)),
                Send = TimeSpan.FromSeconds(result.GetValue(sendTimeout)),
                Content = TimeSpan.FromSeconds(result.GetValue(contentTimeout)),
                MinReceiveRate = result.GetValue(minReceiveRate),
                MinSendRate = result.GetValue(minSendRate),
                RateGrace = TimeSpan.FromSeconds(result.GetValue(rateGrace)),
            },
            Grace = TimeSpan.FromSeconds(result.GetValue(grace)),
            DrainDelay = TimeSpan.FromSeconds(result.GetValue(drainDelay)),
        };
}
