using System.Text;
using Coroutines.Testing;
using Coroutines.Tests.Server.Files;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>What the server's scenarios have in common: a site in a temporary folder, and one client, or more.</summary>
public abstract class HttpFixture
{
    /// <summary>The resolution of deadlines.</summary>
    private protected static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lazy<ServedSite> served;
    private ScriptedPeer? client;

    protected HttpFixture() =>
        served = new(() =>
            new ServedSite(Limits, MaxConnections, Root, seed: null, Timeouts, MaxPerAddress, CacheRules, Fields, Files)
        );

    /// <summary>Set before the first file is given.</summary>
    private protected RequestLimits Limits { get; set; } = new();

    /// <inheritdoc cref="Limits"/>
    private protected int MaxConnections { get; set; } = 100;

    /// <inheritdoc cref="Limits"/>
    private protected int MaxPerAddress { get; set; }

    /// <inheritdoc cref="Limits"/>
    private protected HttpTimeouts Timeouts { get; set; } = new();

    /// <inheritdoc cref="Limits"/>
    private protected Func<string, IFileRoot>? Root { get; set; }

    /// <inheritdoc cref="Limits"/>
    private protected string[] CacheRules { get; set; } = [];

    /// <inheritdoc cref="Limits"/>
    private protected ReadOnlyMemory<byte> Fields { get; set; } = SiteFields.Default;

    /// <inheritdoc cref="Limits"/>
    private protected FileCacheLimits Files { get; set; } = new();

    private protected ServedSite Served => served.Value;

    private protected Simulation Simulation => Served.Simulation;

    private protected TemporaryFolder Folder => Served.Folder;

    private protected ScriptedPeer Client => client ??= GivenAnotherClient();

    private protected List<Answer> Answers => Answer.ReadAll(Client.ReceivedText);

    [TearDown]
    public void End()
    {
        if (served.IsValueCreated)
            Served.Dispose();
    }

    private protected static string Get(string target, params string[] fields) => Ask("GET", target, fields);

    private protected static string Ask(string method, string target, params string[] fields) =>
        string.Join("\r\n", [$"{method} {target} HTTP/1.1", "Host: a", .. fields, "", ""]);

    private protected void GivenAFile(string path, string content, DateTime? modifiedAt = null) =>
        File.SetLastWriteTimeUtc(
            Folder.Write(path, content),
            modifiedAt ?? new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
        );

    /// <summary>A client that has been accepted.</summary>
    private protected ScriptedPeer GivenAnotherClient()
    {
        var peer = Served.Listener.Connects();
        Simulation.RunUntilIdle();
        return peer;
    }

    /// <summary>The client, which has asked for '/a' already and was answered.</summary>
    private protected void GivenAnIdleClient()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a"));
        ThenTheStatusesAre(200);
    }

    private protected void WhenItSends(string text)
    {
        Client.Sends(text);
        WhenAllIsDone();
    }

    private protected void WhenAllIsDone() => Simulation.RunUntilIdle();

    private protected void WhenTimePasses(TimeSpan time) => Simulation.Advance(time);

    private protected void WhenSecondsPass(double seconds) => WhenTimePasses(TimeSpan.FromSeconds(seconds));

    private protected Answer ThenTheAnswerIs(int status)
    {
        var answer = Answers.ShouldHaveSingleItem();
        answer.Status.ShouldBe(status);
        return answer;
    }

    private protected void ThenTheStatusesAre(params int[] statuses) =>
        Answers.Select(answer => answer.Status).ShouldBe(statuses);

    private protected void ThenItIsOpen() => (Client.IsHalfClosed, Client.IsClosed).ShouldBe((false, false));

    private protected void ThenItIsClosed() => Client.IsClosed.ShouldBeTrue();

    /// <summary>Nothing more is sent, but it is still read what the client sends.</summary>
    private protected void ThenItLingers() => (Client.IsHalfClosed, Client.IsClosed).ShouldBe((true, false));

    /// <summary>Nothing is left of any client.</summary>
    private protected void ThenNothingIsHeld()
    {
        Served.Site.Connections.ShouldBeEmpty();
        ThenNoExchangeIsHeld();
    }

    /// <summary>No answer holds the file any more.</summary>
    private protected void ThenTheFileIsHeldByTheCacheAlone(string path)
    {
        var lookup = Served.Cache.Find(Encoding.ASCII.GetBytes(path));
        var file = lookup.Entry.ShouldNotBeNull();
        lookup.Dispose();
        Served.Cache.Dispose();
        Should.Throw<InvalidOperationException>(file.Acquire);
    }

    private protected void ThenNoExchangeIsHeld()
    {
        Served.Site.RentedExchanges.ShouldBe(0);
        var exchange = Served.Site.Rent();
        exchange.BufferBytes.ShouldBe(0);
        Served.Site.Return(exchange);
    }
}
