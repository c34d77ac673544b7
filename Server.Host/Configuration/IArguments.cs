using System.CommandLine;

namespace Server.Host.Configuration;

/// <summary>Some of the options of a served folder that belong together.</summary>
internal interface IArguments
{
    /// <summary>In the order in which the help lists them.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <summary>Puts what was said of them, or their defaults, into all options.</summary>
    ServerOptions Read(ParseResult result, ServerOptions options);
}
