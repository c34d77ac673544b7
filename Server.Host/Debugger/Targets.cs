using System.Net;
using System.Text;
using Coroutines;
using Server.Host.Http;

namespace Server.Host.Debugger;

/// <summary>Which request each coroutine answers, or has answered last. Belongs to the thread of what is studied.</summary>
/// <remarks>A small answer is sent within one resume: nobody who looks between two resumes would ever see its request. So
/// answers are noted as they are logged, while anybody reads the journal.</remarks>
/// <param name="journal">Tells whether anybody does.</param>
/// <param name="inner">Where the answers are logged.</param>
internal sealed class Targets(Journal journal, IAccessLog inner) : IAccessLog
{
    private readonly Dictionary<int, string> answered = [];
    private readonly HashSet<int> fresh = [];

    /// <summary>The site whose requests they are; null if what is studied knows no HTTP.</summary>
    public HttpSite? Site { get; set; }

    /// <summary>The target of the request that a coroutine answers, or has answered since it was suspended last; null if there
    /// is none.</summary>
    public string? Of(Coroutine coroutine) =>
        Site?.Connections.FirstOrDefault(connection => connection.IsServedBy(coroutine))?.Target
        ?? (fresh.Contains(coroutine.Id) ? answered[coroutine.Id] : null);

    /// <summary>All of them, by the numbers of the coroutines, with those that were answered last.</summary>
    public IReadOnlyDictionary<int, string> Copy()
    {
        var all = new Dictionary<int, string>(answered);
        foreach (var connection in Site?.Connections ?? [])
            if (connection is { CoroutineId: { } id, Target: { } target })
                all[id] = target;
        return all;
    }

    public void Answered(EndPoint? client, Request request, int status, long contentBytes)
    {
        inner.Answered(client, request, status, contentBytes);
        if (!journal.IsOpen || Coroutine.Current is not { } coroutine)
            return;
        answered[coroutine.Id] = Encoding.Latin1.GetString(request.Target);
        fresh.Add(coroutine.Id);
    }

    /// <summary>A coroutine was suspended, and looked at.</summary>
    public void Suspended(Coroutine coroutine) => fresh.Remove(coroutine.Id);

    /// <summary>A coroutine has ended, and was looked at.</summary>
    public void Ended(Coroutine coroutine)
    {
        fresh.Remove(coroutine.Id);
        answered.Remove(coroutine.Id);
    }
}
