using System.Text;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>What is answered to one request: a status, fields, and where the content comes from. Holds no bytes of the
/// wire; used again for the next request.</summary>
internal sealed class Response
{
    /// <summary>The methods that a file answers.</summary>
    public const string AllowField = "Allow: GET, HEAD, OPTIONS\r\n";

    private static readonly byte[] AllowLine = Encoding.ASCII.GetBytes(AllowField);

    public int Status { get; private set; }

    /// <summary>The field lines that describe the content, each with its CR LF.</summary>
    public ReadOnlyMemory<byte> ContentFields { get; private set; }

    /// <summary>The content, if it is in memory.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>The file that is answered with; held until <see cref="Clear"/>.</summary>
    public FileEntry? File { get; private set; }

    /// <summary>How long the content is. A HEAD's answer has the length of a GET's.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>Where the content begins in the file, unless it is made up of several parts.</summary>
    public long ContentStart => Ranges.Count == 1 ? Ranges[0].First : 0;

    /// <summary>Whether Content-Length is sent: not with 304, and not where the content ends with the connection.</summary>
    public bool HasLength { get; private set; }

    /// <summary>The parts of the file that are sent, if not all of it: filled from the Range field, and then sent by
    /// <see cref="SetParts"/> or <see cref="SetMissingParts"/>.</summary>
    public RangeSet Ranges { get; } = new();

    /// <summary>How long the file is, of which parts are sent.</summary>
    public long CompleteBytes { get; private set; }

    /// <summary>The Content-Type of each part.</summary>
    public ReadOnlyMemory<byte> PartType { get; private set; }

    /// <summary>What separates the parts, if there are several.</summary>
    public Boundary Boundary { get; } = new();

    /// <summary>Whether several parts are sent (multipart/byteranges).</summary>
    public bool IsMultipart => Ranges.Count > 1;

    /// <summary>Whether the content is sent: not to HEAD, and not with 304.</summary>
    public bool SendsContent { get; set; }

    /// <summary>Whether a Location is sent: that of the request, with a slash behind its path.</summary>
    public bool AddsSlash { get; private set; }

    /// <summary>Whether another Accept-Encoding could have brought another answer: then Vary is sent (RFC 9110, section
    /// 12.5.5).</summary>
    public bool Varies { get; set; }

    /// <summary>What must be done before it can be answered, by who asks for the answer; he then asks again. Null if this is
    /// the answer.</summary>
    public SlowWork? Work { get; set; }

    /// <summary>Whether there is no answer yet, and the request is to be answered anew a little later.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether the connection ends after this answer.</summary>
    public bool Closes { get; set; }

    /// <summary>What sends the content, once the head was sent: a coroutine that is given the connection, which ends with
    /// it. Null if the content is known beforehand.</summary>
    public Func<Connection, IEnumerator<Wait>>? Stream { get; private set; }

    /// <summary>Answers with a file. The response takes over the caller's hold on it.</summary>
    public void SetFile(FileEntry file)
    {
        File = file;
        SetContent(200, Describe(file), file.Content, file.LengthBytes);
        Varies = file.Varies;
    }

    /// <summary>Answers with the parts of a file that stand in <see cref="Ranges"/> (RFC 9110, section 15.3.7). The response
    /// takes over the caller's hold on it.</summary>
    public void SetParts(FileEntry file)
    {
        var fields = Describe(file);
        SetParts(file, Ranges.Count == 1 ? fields : Http.ContentFields.WithoutType(fields));
    }

    /// <summary>The same for a client that has the other parts, and with them the fields of the whole.</summary>
    /// <inheritdoc cref="SetParts"/>
    public void SetMissingParts(FileEntry file) => SetParts(file, Tag(file));

    /// <summary>Answers that the file has none of the parts (RFC 9110, section 15.5.17).</summary>
    public void SetUnsatisfiable(long completeBytes)
    {
        SetPage(416);
        CompleteBytes = completeBytes;
    }

    /// <summary>Answers that the client's copy is still right (RFC 9110, section 15.4.5).</summary>
    public void SetNotModified(FileEntry file)
    {
        File = file;
        SetContent(304, Tag(file), default, contentBytes: 0);
        (SendsContent, HasLength) = (false, false);
        Varies = file.Varies;
    }

    /// <summary>Answers with the page that stands for what is missing. The response takes over the caller's hold on it.
    /// </summary>
    public void SetErrorPage(FileEntry page)
    {
        File = page;
        SetContent(404, page.ErrorFields ??= Http.ContentFields.OfError(page), page.Content, page.LengthBytes);
        Varies = page.Varies;
    }

    /// <summary>Has no answer yet: the file is being written.</summary>
    public void Hold() => IsHeld = true;

    /// <summary>Sends the client to the same path with a slash behind it.</summary>
    public void SetSlashRedirect()
    {
        SetPage(301);
        AddsSlash = true;
    }

    /// <summary>Answers which methods there are (RFC 9110, section 9.3.7).</summary>
    public void SetOptions()
    {
        SetContent(204, AllowLine, default, contentBytes: 0);
        (SendsContent, HasLength) = (false, false); // RFC 9110, section 8.6: none with 204
    }

    /// <summary>Answers that the method is none of those (RFC 9110, section 15.5.6).</summary>
    public void SetNotAllowed() => SetPage(405, StatusPage.NotAllowed);

    /// <summary>Answers that the client takes none of the codings that there are, and which those are (RFC 9110, section
    /// 15.5.7).</summary>
    public void SetNotAcceptable(CodingSet codings)
    {
        SetPage(406, StatusPage.OfNotAcceptable(codings));
        Varies = true;
    }

    /// <summary>Answers with a page that names the status.</summary>
    public void SetPage(int status) => SetPage(status, StatusPage.Of(status));

    /// <summary>Answers with a page that names the status and the reason.</summary>
    public void SetPage(Refusal refusal) => SetPage(refusal.Status, StatusPage.Of(refusal));

    private void SetPage(int status, StatusPage page)
    {
        SetContent(status, page.Fields, page.Content, page.Content.Length);
    }

    /// <summary>Answers with what is at hand.</summary>
    /// <param name="status">One of <see cref="StatusLine"/>.</param>
    /// <param name="fields">The field lines, each with its CR LF; Content-Length isn't among them.</param>
    /// <param name="content">Not to be changed before it was sent.</param>
    public void SetContent(int status, string fields, ReadOnlyMemory<byte> content) =>
        SetContent(status, Encoding.ASCII.GetBytes(fields), content, content.Length);

    /// <summary>Answers with what comes by and by. Its end is that of the connection (RFC 9112, section 6.3).</summary>
    /// <param name="fields">The field lines, each with its CR LF.</param>
    /// <param name="stream">What sends it.</param>
    public void SetStream(string fields, Func<Connection, IEnumerator<Wait>> stream)
    {
        SetContent(200, Encoding.ASCII.GetBytes(fields), default, contentBytes: 0);
        (Stream, Closes, HasLength) = (stream, true, false);
    }

    /// <summary>Sees to what depends on the request alone: HEAD takes no content, and the client may want to close.</summary>
    public void SuitTo(Request request)
    {
        SendsContent &= request.Method != Method.Head;
        Closes |= !request.KeepAlive;
    }

    /// <summary>Forgets the answer, and releases its file.</summary>
    public void Clear()
    {
        File?.Release();
        File = null;
        Ranges.Clear();
        SetContent(0, default, default, contentBytes: 0);
        (SendsContent, AddsSlash, Closes, Stream) = (false, false, false, null);
        (CompleteBytes, PartType) = (0, default);
        (Varies, Work, IsHeld) = (false, null, false);
    }

    private static byte[] Describe(FileEntry file) => file.ContentFields ??= Http.ContentFields.Of(file);

    private static byte[] Tag(FileEntry file) => file.TagField ??= Http.ContentFields.TagOf(file);

    private void SetParts(FileEntry file, ReadOnlyMemory<byte> fields)
    {
        (File, CompleteBytes, PartType) = (file, file.LengthBytes, file.ContentType);
        Varies = file.Varies;
        if (IsMultipart)
        {
            Boundary.Draw();
            SetContent(206, fields, file.Content, Multipart.LengthOf(this));
            return;
        }
        var part = Ranges[0];
        var content = file.Handle is null ? file.Content.Slice((int)part.First, (int)part.LengthBytes) : default;
        SetContent(206, fields, content, part.LengthBytes);
    }

    private void SetContent(int status, ReadOnlyMemory<byte> fields, ReadOnlyMemory<byte> content, long contentBytes)
    {
        (Status, ContentFields, Content, ContentBytes) = (status, fields, content, contentBytes);
        (SendsContent, HasLength) = (true, true);
    }
}
