using System.Text;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>What is answered to one request: a status, fields, and where the content comes from. Holds no bytes of the
/// wire; used again for the next request.</summary>
internal sealed class Response
{
    public int Status { get; private set; }

    /// <summary>The field lines that describe the content, each with its CR LF.</summary>
    public ReadOnlyMemory<byte> ContentFields { get; private set; }

    /// <summary>The content, if it is in memory.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>The file that is answered with; held until <see cref="Clear"/>.</summary>
    public FileEntry? File { get; private set; }

    /// <summary>How long the content is. A HEAD's answer has the length of a GET's.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>Whether the content is sent: not to HEAD, and not with 304.</summary>
    public bool SendsContent { get; set; }

    /// <summary>Whether a Location is sent: that of the request, with a slash behind its path.</summary>
    public bool AddsSlash { get; private set; }

    /// <summary>Whether the connection ends after this answer.</summary>
    public bool Closes { get; set; }

    /// <summary>What sends the content, once the head was sent: a coroutine that is given the connection, which ends with
    /// it. Null if the content is known beforehand.</summary>
    public Func<Connection, IEnumerator<Wait>>? Stream { get; private set; }

    /// <summary>Answers with a file. The response takes over the caller's hold on it.</summary>
    public void SetFile(FileEntry file)
    {
        File = file;
        SetContent(200, file.ContentFields ??= Http.ContentFields.Of(file), file.Content, file.LengthBytes);
    }

    /// <summary>Answers that the client's copy is still right (RFC 9110, section 15.4.5).</summary>
    public void SetNotModified(FileEntry file)
    {
        File = file;
        SetContent(304, file.TagField ??= Http.ContentFields.TagOf(file), default, contentBytes: 0);
        SendsContent = false;
    }

    /// <summary>Sends the client to the same path with a slash behind it.</summary>
    public void SetSlashRedirect()
    {
        SetPage(301);
        AddsSlash = true;
    }

    /// <summary>Answers with a page that names the status.</summary>
    public void SetPage(int status)
    {
        var page = StatusPage.Of(status);
        SetContent(status, page.Fields, page.Content, page.Content.Length);
    }

    /// <summary>Answers with what is at hand.</summary>
    /// <param name="status">One of <see cref="StatusLine"/>.</param>
    /// <param name="fields">The field lines, each with its CR LF; Content-Length isn't among them.</param>
    /// <param name="content">Not to be changed before it was sent.</param>
    public void SetContent(int status, string fields, ReadOnlyMemory<byte> content)
    {
        var lines = Encoding.ASCII.GetBytes($"{fields}Content-Length: {content.Length}\r\n");
        SetContent(status, lines, content, content.Length);
    }

    /// <summary>Answers with what comes by and by. Its end is that of the connection (RFC 9112, section 6.3).</summary>
    /// <param name="fields">The field lines, each with its CR LF.</param>
    /// <param name="stream">What sends it.</param>
    public void SetStream(string fields, Func<Connection, IEnumerator<Wait>> stream)
    {
        SetContent(200, Encoding.ASCII.GetBytes(fields), default, contentBytes: 0);
        (Stream, Closes) = (stream, true);
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
        SetContent(0, default, default, contentBytes: 0);
        (SendsContent, AddsSlash, Closes, Stream) = (false, false, false, null);
    }

    private void SetContent(int status, ReadOnlyMemory<byte> fields, ReadOnlyMemory<byte> content, long contentBytes)
    {
        (Status, ContentFields, Content, ContentBytes) = (status, fields, content, contentBytes);
        SendsContent = true;
    }
}
