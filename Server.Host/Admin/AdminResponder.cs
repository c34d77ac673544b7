using System.Text;
using System.Text.Json;
using Coroutines;
using Server.Host.Debugger.Web;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>Answers on the admin port: is it alive, is it ready, what has it done, where does everything stand.</summary>
internal sealed class AdminResponder : IResponder
{
    private const string Guards = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    private const string TextFields = "Content-Type: text/plain; charset=utf-8\r\n" + Guards;
    private const string JsonFields = "Content-Type: application/json\r\n" + Guards;
    private const string MetricsFields = $"Content-Type: {MetricsPage.ContentType}\r\n" + Guards;

    private readonly RequestGuard guard;
    private readonly Readiness readiness;
    private readonly AdminSubject subject;
    private readonly Pulse? pulse;
    private readonly MetricsPage? metrics;

    /// <param name="guard">Who is answered.</param>
    /// <param name="readiness">Whether clients should be sent here.</param>
    /// <param name="subject">Who is asked about.</param>
    /// <param name="pulse">Whether its loop turns; null if it has none.</param>
    /// <param name="metrics">What it has done; null if that isn't known here.</param>
    public AdminResponder(
        RequestGuard guard,
        Readiness readiness,
        AdminSubject subject,
        Pulse? pulse,
        MetricsPage? metrics
    )
    {
        (this.guard, this.readiness, this.subject) = (guard, readiness, subject);
        (this.pulse, this.metrics) = (pulse, metrics);
    }

    public bool TakesContent => false;

    public void Answer(Request request, Response response)
    {
        if (guard.Refuses(request))
            response.SetPage(403);
        else if (request.Method == Method.Other)
            response.SetPage(501);
        else if (request.Method is Method.Get or Method.Head)
            Decide(Encoding.ASCII.GetString(request.Path), response);
        else
            response.SetPage(405);
        response.SuitTo(request);
    }

    private void Decide(string path, Response response)
    {
        switch (path)
        {
            case "/healthz":
                SetText(response, IsAlive ? 200 : 503, IsAlive ? "alive" : pulse!.Reason);
                break;
            case "/readyz":
                SetText(response, IsAlive && readiness.IsReady ? 200 : 503, IsAlive ? readiness.State : pulse!.Reason);
                break;
            case "/metrics" when metrics is not null:
                response.SetContent(200, MetricsFields, Encoding.UTF8.GetBytes(metrics.Write()));
                break;
            case "/metrics":
                SetText(response, 404, $"The children of --model {subject.Model} count for themselves.");
                break;
            case "/dump" or "/dump.json" when subject.Scheduler is null:
                SetText(response, 404, $"--model {subject.Model} has no coroutines that could be shown.");
                break;
            case "/dump":
                SetDump(response, subject.Scheduler);
                break;
            case "/dump.json":
                SetJsonDump(response, subject.Scheduler);
                break;
            case "/":
                SetText(response, 200, "/healthz\n/readyz\n/metrics\n/dump\n/dump.json");
                break;
            default:
                response.SetPage(404);
                break;
        }
    }

    private bool IsAlive => pulse is not { IsAlive: false };

    private void SetDump(Response response, Scheduler scheduler) =>
        response.SetStream(
            TextFields,
            client => DumpStream.Serve(client, scheduler, dump => dump.ToString() + "\n", () => pulse!.Reason + "\n")
        );

    private void SetJsonDump(Response response, Scheduler scheduler) =>
        response.SetStream(
            JsonFields,
            client => DumpStream.Serve(client, scheduler, dump => dump.ToJson(), () => Wrong(pulse!.Reason))
        );

    private static string Wrong(string reason) => $"{{\"wrong\":\"{JsonEncodedText.Encode(reason)}\"}}";

    private static void SetText(Response response, int status, string text) =>
        response.SetContent(status, TextFields, Encoding.UTF8.GetBytes(text + "\n"));
}
