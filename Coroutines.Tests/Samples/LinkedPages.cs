using System.Globalization;
using System.Net;
using System.Text;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Samples;

/// <summary>A site in this process, on a thread of its own: each page links to all others, takes its time, and tells how
/// many were asked for at once.</summary>
internal sealed class LinkedPages : IDisposable
{
    /// <summary>The path of a page that never comes.</summary>
    public const string Never = "/never";

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromMilliseconds(20);

    private readonly Scheduler scheduler = new();
    private readonly Listener listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Thread thread;
    private readonly byte[] page;
    private int open;

    public LinkedPages(params string[] paths)
    {
        var links = string.Concat(paths.Select(path => $"<a href=\"{path}\">"));
        page = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{links}");
        scheduler.Spawn(Serve(), "site");
        thread = new Thread(scheduler.Run);
        thread.Start();
    }

    /// <summary>How many connections were open at once at the most.</summary>
    public int MostAtOnce { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndPoint}/");

    public void Dispose()
    {
        scheduler.Stop();
        thread.Join();
        scheduler.Dispose();
        listener.Dispose();
    }

    private IEnumerator<Wait> Serve()
    {
        using var clients = Scope.Open();
        while (true)
        {
            yield return WantRead(listener);
            if (listener.Accept(out var client) == AcceptResult.Accepted)
                clients.Spawn(Answer(client!));
        }
    }

    private IEnumerator<Wait> Answer(Connection client)
    {
        using var owned = client;
        MostAtOnce = Math.Max(MostAtOnce, ++open);
        var buffer = new byte[4096];
        yield return WantRead(client);
        client.Receive(buffer, out var received);
        var isNever = Encoding
            .ASCII.GetString(buffer, 0, received)
            .StartsWith($"GET {Never} ", StringComparison.Ordinal);
        yield return Sleep(isNever ? TimeSpan.FromHours(1) : TimeToAnswer);
        open--; // before the client can know, so that it is never counted twice
        yield return Call(client.SendAll(page));
    }
}
