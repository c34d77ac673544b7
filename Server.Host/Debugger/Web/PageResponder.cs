using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Server.Host.Http;

namespace Server.Host.Debugger.Web;

/// <summary>Answers the page's requests; each of their paths begins with the token.</summary>
internal sealed class PageResponder : IResponder
{
    private readonly Token token;
    private readonly RequestGuard guard;
    private readonly Study study;
    private readonly Uri address;
    private readonly Board board;
    private readonly Commands commands;
    private readonly TimeProvider clock;
    private readonly Lazy<SourceTree> sources = new(() => new());

    public PageResponder(
        Token token,
        RequestGuard guard,
        Study study,
        Uri address,
        Board board,
        Commands commands,
        TimeProvider clock
    )
    {
        (this.token, this.guard, this.study, this.address) = (token, guard, study, address);
        (this.board, this.commands, this.clock) = (board, commands, clock);
    }

    public bool TakesContent => true;

    public void Answer(Request request, Response response)
    {
        Decide(request, response);
        response.SuitTo(request);
    }

    private void Decide(Request request, Response response)
    {
        if (guard.Refuses(request))
            response.SetPage(403);
        else if (request.Method == Method.Other)
            response.SetPage(501);
        else if (IsTokenAlone(request))
            response.SetSlashRedirect(); // a terminal leaves it out when one clicks on the address
        else if (PathBehindToken(request) is not { } path)
            response.SetPage(404);
        else if (path == "commands")
            Obey(request, response);
        else if (request.Method is Method.Get or Method.Head)
            Show(path, request, response);
        else
            Refuse(response, "GET, HEAD", "What there is here is asked for, not changed.");
    }

    private bool IsTokenAlone(Request request) =>
        request.Method is Method.Get or Method.Head && request.Path.Length > 0 && token.Is(request.Path[1..]);

    /// <summary>What the path asks for. Null without the token; nobody is told whether anything would be there.</summary>
    private string? PathBehindToken(Request request)
    {
        var path = request.Path;
        var end = path.Length > 1 ? path[1..].IndexOf((byte)'/') : -1;
        return end > 0 && token.Is(path[1..(end + 1)])
            ? Uri.UnescapeDataString(Encoding.ASCII.GetString(path[(end + 2)..]))
            : null;
    }

    private void Show(string path, Request request, Response response)
    {
        switch (path)
        {
            case "events":
                response.SetStream(Fields.Events, page => StateStream.Serve(page, board));
                break;
            case "timeline":
                SetJson(response, json => TimelineJson.Write(json, study.Stepper.Snapshots, From(request)));
                break;
            case "sources":
                SetJson(response, WriteSources);
                break;
            case "trace.html":
                StreamTrace(response);
                break;
            case not null when path.StartsWith("moments/", StringComparison.Ordinal):
                ShowMoment(path["moments/".Length..], response);
                break;
            case not null when path.StartsWith("sources/", StringComparison.Ordinal):
                SetText(response, Fields.Text, sources.Value.TextOf(path["sources/".Length..]));
                break;
            default:
                var name = path is "" ? "index.html" : path!;
                SetText(response, Fields.OfFile(name), PageFile.Find(name));
                break;
        }
    }

    private void Obey(Request request, Response response)
    {
        if (request.Method != Method.Post)
            Refuse(response, "POST", "Commands are posted.");
        else if (!IsJson(request))
            response.SetPage(415);
        else
            Say(commands.Obey(request.Content), response);
    }

    private static void Refuse(Response response, string allowed, string why) =>
        response.SetContent(405, $"{Fields.Text}Allow: {allowed}\r\n", Encoding.ASCII.GetBytes($"{why}\n"));

    private void Say(Reply reply, Response response)
    {
        board.Touch();
        SetJson(response, json => Write(json, reply), reply.IsRefusal ? 400 : 200);
    }

    private static void Write(Utf8JsonWriter json, Reply reply)
    {
        json.WriteStartObject();
        json.WriteString(reply.IsRefusal ? "wrong" : "said", reply.Text);
        if (reply.Client is { } client)
            json.WriteNumber("client", client);
        json.WriteEndObject();
    }

    // With parameters or without, such as its charset.
    private static bool IsJson(Request request)
    {
        if (!request.TryGetFirst("Content-Type"u8, out var type))
            return false;
        var end = type.IndexOf((byte)';');
        return Ascii.EqualsIgnoreCase((end < 0 ? type : type[..end]).TrimEnd((byte)' '), "application/json"u8);
    }

    private void ShowMoment(string number, Response response)
    {
        var moment = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? study.Stepper.Snapshots.Find(value)
            : null;
        if (moment is null)
            response.SetPage(404);
        else
            SetJson(response, json => MomentJson.Write(json, moment));
    }

    private void WriteSources(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var name in sources.Value.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private void StreamTrace(Response response)
    {
        var lines = Trace.Lines(study, address, sources.Value, clock.GetUtcNow());
        response.SetStream(Fields.Trace, page => TraceStream.Serve(page, lines));
    }

    private static long From(Request request)
    {
        const string Name = "?from=";
        var query = Encoding.ASCII.GetString(request.Query);
        return
            query.StartsWith(Name, StringComparison.Ordinal)
            && long.TryParse(query[Name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from
            : 0;
    }

    private static void SetText(Response response, string fields, string? text)
    {
        if (text is null)
            response.SetPage(404);
        else
            response.SetContent(200, fields, Encoding.UTF8.GetBytes(text));
    }

    private static void SetJson(Response response, Action<Utf8JsonWriter> write, int status = 200)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
            write(json);
        response.SetContent(status, Fields.Json, bytes.WrittenMemory);
    }
}
