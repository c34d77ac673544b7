#:project ../../Coroutines

// A crawler: fetches pages, and what they link to on the same site, and reports the status of each.
//
//     dotnet run docs/samples/crawler.cs -- 4 30 http://localhost:30000/     # 4 connections at a time, for 30 seconds
//
// Each page has a coroutine of its own, spawned when its link is found; a semaphore lets so many at a time connect. A
// deadline ends a single fetch wherever it hangs, another one, of the scope that holds them all, ends the whole: what was
// fetched by then is reported, and so is how much is missing. Looking up a name blocks, so a task does it, and the
// coroutine waits for that.

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Coroutines;
using Coroutines.Sockets;
using Coroutines.Sync;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

if (args is not [var connections, var seconds, .. { Length: > 0 } urls])
{
    Console.Error.WriteLine("crawler CONNECTIONS SECONDS URL...");
    return 2;
}
var crawl = new Crawl(int.Parse(connections));
var limit = TimeSpan.FromSeconds(double.Parse(seconds));
using var scheduler = new Scheduler();
scheduler.Spawn(crawl.Run(urls.Select(url => new Uri(url)), limit), "crawl");
scheduler.Run();
return crawl.IsComplete ? 0 : 1;

internal sealed partial class Crawl(int connections)
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(3);

    private readonly Semaphore permits = new(connections, "connections");
    private readonly HashSet<Uri> found = [];
    private int fetched;
    private Scope? fetches;

    public bool IsComplete => fetched == found.Count;

    public IEnumerator<Wait> Run(IEnumerable<Uri> urls, TimeSpan limit)
    {
        using var scope = fetches = Scope.Open(limit);
        foreach (var url in urls)
            Add(url);
        yield return scope.Join();
        Console.WriteLine($"{fetched} of {found.Count} fetched{(scope.DeadlineReached ? ", then time was up" : "")}");
    }

    private void Add(Uri url)
    {
        if (found.Add(url))
            fetches!.Spawn(Visit(url), url.ToString());
    }

    private IEnumerator<Wait> Visit(Uri url)
    {
        yield return permits.Acquire();
        try
        {
            yield return TryCall(Fetch(url), FetchTimeout);
            if (Woken.DeadlineReached)
                Console.WriteLine($"--- {url} timed out");
            else if (Woken.Failure is { } failure)
                Console.WriteLine($"--- {url} {failure.Message}");
            else
                Report(url, Woken.Result<string>());
        }
        finally
        {
            permits.Release();
        }
    }

    private void Report(Uri url, string answer)
    {
        fetched++;
        Console.WriteLine($"{answer.Split(' ', 3)[1]} {url}"); // HTTP/1.1 200 OK
        foreach (Match match in Link().Matches(answer))
        {
            if (Uri.TryCreate(url, match.Groups[1].Value, out var link) && link.Authority == url.Authority)
                Add(link);
        }
    }

    private static IEnumerator<Wait> Fetch(Uri url)
    {
        yield return Dns.GetHostAddressesAsync(url.Host).Join();
        yield return Call(Connection.Connect(new IPEndPoint(Woken.Result<IPAddress[]>()[0], url.Port)));
        using var connection = Woken.Result<Connection>();
        // In HTTP/1.0 an answer ends with its connection, and is never chunked.
        var request = $"GET {url.PathAndQuery} HTTP/1.0\r\nHost: {url.Authority}\r\n\r\n";
        yield return Call(connection.SendAll(Encoding.ASCII.GetBytes(request)));
        yield return Call(ReceiveAll(connection));
        var answer = Woken.Result<string>();
        yield return Return(StatusLine().IsMatch(answer) ? answer : throw new IOException("That is no HTTP."));
    }

    private static IEnumerator<Wait> ReceiveAll(Connection connection)
    {
        var (all, buffer) = (new MemoryStream(), new byte[16 * 1024]);
        var result = ReceiveResult.Data;
        while (result is ReceiveResult.Data or ReceiveResult.WouldBlock)
        {
            yield return WantRead(connection);
            result = connection.Receive(buffer, out var received);
            all.Write(buffer, 0, received);
        }
        if (result != ReceiveResult.PeerClosed)
            throw new IOException($"The connection was lost: {result}.");
        yield return Return(Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length));
    }

    [GeneratedRegex("""^HTTP/1\.[01] \d{3} """)]
    private static partial Regex StatusLine();

    // In a page, or a redirect's.
    [GeneratedRegex("""(?:\b(?:href|src)="|\nLocation: )([^"#\s]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
