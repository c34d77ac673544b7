using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Files;
using Server.Host.Http;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Configuration;

/// <summary>What is said of files, and how they are kept and coded.</summary>
internal sealed class ContentArguments : IArguments
{
    private readonly Option<string[]> cache = Bounded.List(
        "--cache",
        "What is said in Cache-Control for the files that a pattern matches, 'off' for nothing; the last that matches counts.",
        "pattern=value",
        "'*.css=max-age=60'",
        CacheRules.WhyNot
    );

    private readonly Option<string[]> header = Bounded.List(
        "--header",
        "A field of every answer.",
        "name: value",
        "'X-Frame-Options: DENY'",
        SiteFields.WhyNot
    );

    private readonly Option<bool> securityHeaders = Bounded.Flag(
        "--security-headers",
        "Adds Content-Security-Policy, X-Content-Type-Options, Referrer-Policy and Permissions-Policy to every answer."
    );

    private readonly Option<bool> noCompression = Bounded.Flag(
        "--no-compression",
        "Compresses nothing; files that lie there as .br, .zst or .gz are served all the same."
    );

    private readonly Option<int> maxCompressed = Bounded.Limit(
        "--max-compressed",
        "Bytes of a file that is compressed.",
        FileCacheLimits.DefaultMaxCompressedBytes,
        FileCacheLimits.MinCompressedBytes,
        1_000_000_000
    );

    private readonly Option<long> cacheSize = Bounded.Limit(
        "--cache-size",
        "Bytes of files and of their compressed forms that are kept in memory.",
        FileCacheLimits.DefaultCapacityBytes,
        0,
        1L << 40
    );

    public ContentArguments() => header.Validators.Add(CheckNames);

    public IReadOnlyList<Option> Options => [cache, header, securityHeaders, noCompression, maxCompressed, cacheSize];

    public ServerOptions Read(ParseResult result, ServerOptions options) =>
        options with
        {
            CacheRules = result.GetValue(cache)!,
            Headers = result.GetValue(header)!,
            HasSecurityHeaders = result.GetValue(securityHeaders),
            Files = new FileCacheLimits
            {
                MaxCompressedBytes = result.GetValue(noCompression) ? 0 : result.GetValue(maxCompressed),
                CapacityBytes = result.GetValue(cacheSize),
            },
        };

    private void CheckNames(OptionResult said)
    {
        foreach (var (name, count) in SiteFields.Repeated(said.Tokens.Select(token => token.Value)))
            said.AddError(
                $"{header.Name} must name {name} once, but does so {count} times; if it is a list, put commas between its values."
            );
    }
}
