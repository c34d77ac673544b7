using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Answers with the files of a folder.</summary>
internal sealed class Responder(FileCache files, RequestLimits limits, Log log, TimeProvider clock) : IResponder
{
    private readonly Burst failures = new(clock);

    public bool TakesContent => false;

    public void LetHandlesGo() => files.LetHandlesGo();

    public void Answer(Request request, Response response)
    {
        Decide(request, response);
        response.SuitTo(request);
    }

    /// <summary>Answers what isn't a request that can be served; the connection ends.</summary>
    public static void Refuse(Request request, Refusal refusal, Response response)
    {
        response.SetPage(refusal);
        response.SendsContent = request.Method != Method.Head;
        response.Closes = true;
    }

    private void Decide(Request request, Response response)
    {
        if (request.Method == Method.Other)
            response.SetPage(501);
        else if (request.Method is not (Method.Get or Method.Head or Method.Options))
            response.SetNotAllowed();
        else if (request.Expectation == Expectation.Unknown)
            response.SetPage(417);
        else if (request.Method == Method.Options)
            response.SetOptions();
        else
            DecideByPath(request, response);
    }

    private void DecideByPath(Request request, Response response)
    {
        var weights = AcceptEncoding.Of(request) with { PrefersStrong = WantsRange(request) };
        switch (Find(request.Path, weights))
        {
            case null:
                response.SetPage(503);
                break;
            case { Entry: not null } found:
                DecideByConditions(request, response, found);
                break;
            case { Kind: LookupKind.NotAcceptable } none:
                response.SetNotAcceptable(none.Codings);
                break;
            case { Work: { } work }:
                response.Work = work;
                break;
            case { Kind: LookupKind.BeingWritten }:
                response.Hold();
                break;
            case { Kind: LookupKind.RedirectToSlash } when IsTooLongWithSlash(request):
                response.SetPage(RequestParser.LongLine);
                break;
            case { Kind: LookupKind.RedirectToSlash }:
                response.SetSlashRedirect();
                break;
            case { Kind: LookupKind.BadRequest }:
                response.SetPage(400);
                break;
            default:
                AnswerMissing(response, weights);
                break;
        }
    }

    // What is redirected to must be a request that is served (RFC 9110, section 2.3).
    private bool IsTooLongWithSlash(Request request) =>
        request.MethodToken.Length + SlashRedirect.LengthOf(request.Path, request.Query) + "  HTTP/1.1\r\n"u8.Length
        > limits.RequestLineBytes;

    // Ranges are defined for GET alone (RFC 9110, section 14.2).
    private static bool WantsRange(Request request) => request.Method == Method.Get && request.Has(KnownField.Range);

    /// <summary>Looks a path up. Null if the system failed, out of descriptors for one: no request brings that about.
    /// </summary>
    private Lookup? Find(ReadOnlySpan<byte> path, CodingWeights weights)
    {
        try
        {
            return files.Find(path, weights);
        }
        catch (IOException failure)
        {
            Tell(failure);
            return null;
        }
    }

    // A trace of calls has the runtime load what takes it a dozen descriptors.
    private void Tell(IOException failure)
    {
        if (!failures.Begins())
            return;
        if (OutOfDescriptors.Explains(failure))
            log.OutOfDescriptorsForFiles();
        else
            log.FileFailed(failure);
    }

    private void AnswerMissing(Response response, CodingWeights weights)
    {
        switch (FindErrorPage(weights))
        {
            case { Compression: { } compression } page:
                response.Work = compression.Begin();
                page.Dispose();
                break;
            case { Work: { } work }:
                response.Work = work;
                break;
            case { Entry: { } page }:
                response.SetErrorPage(page);
                break;
            case var none:
                response.SetPage(404);
                response.Varies = none.Kind == LookupKind.NotAcceptable;
                break;
        }
    }

    private Lookup FindErrorPage(CodingWeights weights)
    {
        try
        {
            return files.FindErrorPage(weights);
        }
        catch (IOException failure)
        {
            Tell(failure);
            return default; // the answer is the same, in other words
        }
    }

    /// <summary>Whether the file is sent. That is known before it is compressed, if it is.</summary>
    private void DecideByConditions(Request request, Response response, Lookup found)
    {
        var file = found.Entry!;
        var tag = EntityTag.TryParse(file.ETag, out var own) ? own : default;
        switch (Conditions.Evaluate(request, tag, file.LastModified, clock))
        {
            case ConditionResult.NotModified:
                response.SetNotModified(file);
                break;
            case ConditionResult.PreconditionFailed:
                response.SetPage(412);
                response.Varies = file.Varies;
                file.Release();
                break;
            case ConditionResult.Proceed when found.Compression is { } compression:
                response.Work = compression.Begin();
                file.Release();
                break;
            case ConditionResult.Proceed when found.Copy is { } copy && request.Method == Method.Get:
                response.Work = copy.Begin();
                file.Release();
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
                response.Varies = file.Varies;
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

    // On several lines the field is malformed. What has a weak tag can't be put together from parts (RFC 9110, section
    // 15.3.7.3).
    private RangeResult ReadRange(Request request, Response response, FileEntry file, EntityTag tag)
    {
        if (!WantsRange(request) || !file.HasStrongTag || !request.TryGetField(KnownField.Range, out var value))
            return RangeResult.Ignored;
        if (!Conditions.AllowRange(request, tag, file.LastModified, clock))
            return RangeResult.Ignored;
        var result = RangeField.Read(value, file.LengthBytes, response.Ranges);
        return result == RangeResult.Satisfiable && IsMisread(file, response.Ranges) ? Ignore(response) : result;
    }

    // Content-Encoding would be said of the whole, which is several parts and isn't coded.
    private static bool IsMisread(FileEntry file, RangeSet ranges) =>
        file.Coding != ContentCoding.Identity && ranges.Count > 1;

    private static RangeResult Ignore(Response response)
    {
        response.Ranges.Clear();
        return RangeResult.Ignored;
    }
}
