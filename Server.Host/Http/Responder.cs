using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Answers with the files of a folder.</summary>
internal sealed class Responder(FileCache files, Log log, TimeProvider clock) : IResponder
{
    private readonly Burst failures = new(clock);

    public bool TakesContent => false;

    public void Answer(Request request, Response response)
    {
        Decide(request, response);
        response.SuitTo(request);
    }

    /// <summary>Answers what isn't a request that can be served; the connection ends.</summary>
    public static void Refuse(Request request, Refusal refusal, Response response)
    {
        response.SetPage(refusal.Status);
        response.SendsContent = request.Method != Method.Head;
        response.Closes = true;
    }

    private void Decide(Request request, Response response)
    {
        if (request.Method is not (Method.Get or Method.Head))
            response.SetPage(request.Method == Method.Other ? 501 : 405);
        else if (request.Expectation == Expectation.Unknown)
            response.SetPage(417);
        else
            DecideByPath(request, response);
    }

    private void DecideByPath(Request request, Response response)
    {
        switch (Find(request.Path))
        {
            case null:
                response.SetPage(503);
                break;
            case { Entry: { } file }:
                DecideByConditions(request, response, file);
                break;
            case { Kind: LookupKind.RedirectToSlash }:
                response.SetSlashRedirect();
                break;
            case { Kind: LookupKind.BadRequest }:
                response.SetPage(400);
                break;
            default:
                response.SetPage(404);
                break;
        }
    }

    /// <summary>Looks a path up. Null if the system failed, out of descriptors for one: no request brings that about.
    /// </summary>
    private Lookup? Find(ReadOnlySpan<byte> path)
    {
        try
        {
            return files.Find(path);
        }
        catch (IOException failure)
        {
            if (failures.Begins())
                log.FileFailed(failure);
            return null;
        }
    }

    private void DecideByConditions(Request request, Response response, FileEntry file)
    {
        var tag = EntityTag.TryParse(file.ETag, out var own) ? own : default;
        switch (Conditions.Evaluate(request, tag, file.LastModified, clock.GetUtcNow()))
        {
            case ConditionResult.NotModified:
                response.SetNotModified(file);
                break;
            case ConditionResult.PreconditionFailed:
                file.Release();
                response.SetPage(412);
                break;
            default:
                response.SetFile(file);
                break;
        }
    }
}
