using System.Text;
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
    private readonly string model;
    private readonly IReadOnlyList<Pulse> pulses;
    private readonly MetricsPage? metrics;

    /// <param name="guard">Who is answered.</param>
    /// <param name="readiness">Whether clients should be sent here.</param>
    /// <param name="model">Who is asked about: one of <see cref="Models.Model.Names"/>.</param>
    /// <param name="pulses">Whether its loops turn; empty if it has none.</param>
    /// <param name="metrics">What it has done; null if that isn't known here.</param>
    public AdminResponder(
        RequestGuard guard,
        Readiness readiness,
        string model,
        IReadOnlyList<Pulse> pulses,
        MetricsPage? metrics
    )
    {
        (this.guard, this.readiness, this.model) = (guard, readiness, model);
        (this.pulses, this.metrics) = (pulses, metrics);
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
                SetText(response, WhyNotAlive is null ? 200 : 503, WhyNotAlive ?? "alive");
                break;
            case "/readyz":
                SetText(response, WhyNotAlive is null && readiness.IsReady ? 200 : 503, WhyNotAlive ?? readiness.State);
                break;
            case "/metrics" when metrics is not null:
                response.SetContent(200, MetricsFields, Encoding.UTF8.GetBytes(metrics.Write()));
                break;
            case "/metrics":
                SetText(response, 404, $"The children of --model {model} count for themselves.");
                break;
            case "/dump" or "/dump.json" when pulses.Count == 0:
                SetText(response, 404, $"--model {model} has no coroutines that could be shown.");
                break;
            case "/dump":
                SetDump(response, TextFields, DumpFormat.Text);
                break;
            case "/dump.json":
                SetDump(response, JsonFields, DumpFormat.Json);
                break;
            case "/":
                SetText(response, 200, "/healthz\n/readyz\n/metrics\n/dump\n/dump.json");
                break;
            default:
                response.SetPage(404);
                break;
        }
    }

    private string? WhyNotAlive => pulses.FirstOrDefault(pulse => !pulse.IsAlive)?.Reason;

    private void SetDump(Response response, string fields, DumpFormat format) =>
        response.SetStream(fields, client => DumpStream.Serve(client, pulses, format));

    private static void SetText(Response response, int status, string text) =>
        response.SetContent(status, TextFields, Encoding.UTF8.GetBytes(text + "\n"));
}
