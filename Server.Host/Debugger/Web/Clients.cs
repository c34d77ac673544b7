using System.Net;
using System.Text;
using System.Text.Json;
using Coroutines;

namespace Server.Host.Debugger.Web;

/// <summary>The clients that the page has started. Belongs to the page's scheduler.</summary>
/// <param name="scheduler">Runs them.</param>
/// <param name="server">Where they connect to.</param>
/// <param name="request">What they ask, unless it is typed.</param>
/// <param name="changed">Called when there is something new to show of them.</param>
internal sealed class Clients(Scheduler scheduler, EndPoint server, byte[] request, Action changed)
{
    /// <summary>How many are alive at a time.</summary>
    public const int MaxAlive = 64;

    /// <summary>How much can be typed at a time.</summary>
    public const int MaxTypedCharacters = 8 * 1024;

    // Those that have ended are shown for a while.
    private const int MaxEnded = 8;

    private readonly List<Client> clients = [];
    private int lastId;

    public Reply Start(string? kind)
    {
        if (KindOf(kind) is not { } known)
            return Reply.Refused(
                $$"""A client is slow, fast or typed, not '{{kind}}'; for example {"do":"client","kind":"typed"}."""
            );
        if (clients.Count(client => !client.HasEnded) == MaxAlive)
            return Reply.Refused($"{MaxAlive} clients are connected already; close one of them first.");
        var client = new Client(++lastId, known, changed);
        clients.Add(client);
        ForgetOldest();
        scheduler.Spawn(client.Run(server, request), $"client {client.Id}");
        return new($"Client {client.Id} connects.", Client: client.Id);
    }

    public Reply Type(int? id, string? text)
    {
        if (text is null or "" or { Length: > MaxTypedCharacters })
            return Reply.Refused(
                $$"""1 to {{MaxTypedCharacters}} characters can be typed at a time; for example {"do":"type","client":1,"text":"GET / HTTP/1.1\r\n"}."""
            );
        return To(
            id,
            client => client.Type(Encoding.UTF8.GetBytes(text)),
            client => $"Client {client.Id} sends {Encoding.UTF8.GetByteCount(text)} bytes."
        );
    }

    public Reply HalfClose(int? id) =>
        To(id, client => client.HalfClose(), client => $"Client {client.Id} sends no more.");

    public Reply Close(int? id) => To(id, client => client.Close(), client => $"Client {client.Id} closes.");

    public void CloseAll()
    {
        foreach (var client in clients)
            client.Close();
    }

    /// <summary>Writes all of them, as a property of an object.</summary>
    public void Write(Utf8JsonWriter json) => json.WriteArray("clients", clients, client => Write(json, client));

    private static void Write(Utf8JsonWriter json, Client client)
    {
        json.WriteStartObject();
        json.WriteNumber("id", client.Id);
        json.WriteString("kind", client.Kind.ToString().ToLowerInvariant());
        json.WriteString("peer", client.LocalAddress);
        json.WriteString("state", client.State);
        json.WriteNumber("sent", client.SentBytes);
        json.WriteString("received", client.Received);
        json.WriteNumber("receivedBytes", client.ReceivedBytes);
        json.WriteEndObject();
    }

    private static ClientKind? KindOf(string? kind) =>
        kind switch
        {
            "fast" => ClientKind.Fast,
            "slow" => ClientKind.Slow,
            "typed" => ClientKind.Typed,
            _ => null,
        };

    private Reply To(int? id, Action<Client> act, Func<Client, string> said)
    {
        if (clients.Find(client => client.Id == id && !client.HasEnded) is not { } found)
            return Reply.Refused(NoClient(id));
        act(found);
        return new(said(found));
    }

    private string NoClient(int? id)
    {
        var alive = clients.Where(client => !client.HasEnded).Select(client => client.Id).ToList();
        var known = alive.Count == 0 ? "there is none" : $"there are {string.Join(", ", alive)}";
        return id is null
            ? $"A number says which client; {known}."
            : $"There is no client {id} that is connected; {known}.";
    }

    private void ForgetOldest()
    {
        while (clients.Count(client => client.HasEnded) > MaxEnded)
            clients.Remove(clients.First(client => client.HasEnded));
    }
}
