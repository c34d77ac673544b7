using System.CommandLine;
using Server.Host.Http;
using Server.Host.Models;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Configuration;

/// <summary>How many clients and requests there may be, and how large these.</summary>
internal sealed class LimitArguments : IArguments
{
    private readonly Option<int> maxConnections = Bounded.Limit(
        "--max-connections",
        "Clients at a time, for --model coroutines and events; more are answered 503.",
        ServerOptions.DefaultMaxConnections,
        1,
        1_000_000
    );

    private readonly Option<int> maxPerAddress = Bounded.Limit(
        "--max-per-address",
        "Clients at a time from one address, for --model coroutines and events; more are answered 503. 0 is no limit.",
        ServerOptions.DefaultMaxPerAddress,
        0,
        1_000_000
    );

    private readonly Option<int> maxRequests = Bounded.Limit(
        "--max-requests",
        "Requests of one connection, which ends with the last; 0 is no limit.",
        RequestLimits.DefaultRequests,
        0,
        RequestLimits.MaxRequests
    );

    private readonly Option<int> maxRequestLine = Bounded.Limit(
        "--max-request-line",
        "Bytes of a request line; more are answered 414.",
        RequestLimits.DefaultRequestLineBytes,
        RequestLimits.MinRequestLineBytes,
        RequestLimits.MaxRequestLineBytes
    );

    private readonly Option<int> maxHead = Bounded.Limit(
        "--max-head",
        "Bytes of a request head; more are answered 431.",
        RequestLimits.DefaultHeadBytes,
        RequestLimits.MinHeadBytes,
        RequestLimits.MaxHeadBytes
    );

    private readonly Option<int> maxFields = Bounded.Limit(
        "--max-fields",
        "Fields of a request head; more are answered 431.",
        RequestLimits.DefaultFields,
        RequestLimits.MinFields,
        RequestLimits.MaxFields
    );

    private readonly Option<long> maxContent = Bounded.Limit(
        "--max-content",
        "Bytes of a request's content; more are answered 413.",
        RequestLimits.DefaultBodyBytes,
        RequestLimits.MinBodyBytes,
        RequestLimits.MaxBodyBytes
    );

    public IReadOnlyList<Option> Options =>
        [maxConnections, maxPerAddress, maxRequests, maxRequestLine, maxHead, maxFields, maxContent];

    public ServerOptions Read(ParseResult result, ServerOptions options) =>
        options with
        {
            MaxConnections = result.GetValue(maxConnections),
            MaxPerAddress = result.GetValue(maxPerAddress),
            Limits = new RequestLimits
            {
                RequestLineBytes = result.GetValue(maxRequestLine),
                HeadBytes = result.GetValue(maxHead),
                Fields = result.GetValue(maxFields),
                BodyBytes = result.GetValue(maxContent),
                Requests = result.GetValue(maxRequests),
            },
        };

    /// <summary>Those that only some models keep.</summary>
    /// <remarks>The models that block have no place from which to tell a client that it is one too many: it would take a
    /// thread, or a process.</remarks>
    public IReadOnlyList<ModelOption> OfModels =>
        [new(maxConnections, Model.Coroutines, Model.Events), new(maxPerAddress, Model.Coroutines, Model.Events)];
}
