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
                DecideByRange(request, response, file, tag);
                break;
        }
    }

    private void DecideByRange(Request request, Response response, FileEntry file, EntityTag tag)
    {
        switch (ReadRange(request, response, file, tag))
        {
            case RangeResult.Unsatisfiable:
                response.SetUnsatisfiable(file.LengthBytes);
                file.Release();
                break;
            case RangeResult.Ignored:
                response.SetFile(file);
                break;
            // RFC 9110, section 15.3.7: with If-Range the client has the fields already.
            case RangeResult.Satisfiable when request.Has(KnownField.IfRange):
                response.SetMissingParts(file);
                break;
            default:
                response.SetParts(file);
                break;
        }
    }

    // Ranges are defined for GET alone (RFC 9110, section 14.2). On several lines the field is malformed.
    private RangeResult ReadRange(Request request, Response response, FileEntry file, EntityTag tag) =>
        request.Method == Method.Get
        && request.TryGetField(KnownField.Range, out var value)
        && Conditions.AllowRange(request, tag, file.LastModified, clock.GetUtcNow())
            ? RangeField.Read(value, file.LengthBytes, response.Ranges)
            : RangeResult.Ignored;
}
