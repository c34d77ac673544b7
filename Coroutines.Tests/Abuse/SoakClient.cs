using System.Globalization;
using System.IO.Compression;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Abuse;

/// <summary>A client that asks in all ways for files that change, and checks that each answer is of one version.</summary>
/// <param name="server">Whom it asks.</param>
/// <param name="seed">Of its choices.</param>
internal sealed class SoakClient(ServerProcess server, int seed) : IDisposable
{
    private const int MaxPartLines = 400;
    private const int RequestsOfAConnection = 100;
    private const int Pipelined = 8;

    private readonly Random random = new(seed);
    private readonly Dictionary<string, string> tags = [];
    private WireClient client = server.Connect();
    private int requests;

    /// <summary>How many answers it had, by what they were: the status, or 'cut short'.</summary>
    public SortedDictionary<string, int> Answers { get; } = [];

    /// <summary>Asks once, in some way.</summary>
    /// <exception cref="InvalidDataException">An answer was wrong.</exception>
    public void Ask()
    {
        if (++requests % RequestsOfAConnection == 0)
            Reconnect();
        switch (random.Next(7))
        {
            case 5:
                AskForCoded(Some());
                break;
            case 0:
                AskForHead(Some());
                break;
            case 1:
                AskConditionally(Some());
                break;
            case 2:
                AskForPart(Some());
                break;
            case 3:
                AskForNothing();
                break;
            case 4:
                AskForMuch();
                break;
            default:
                AskForAll(Some());
                break;
        }
    }

    public void Dispose() => client.Dispose();

    private string Some() =>
        random.Next(20) switch
        {
            0 => ChangingFiles.LargeReplaced,
            1 => ChangingFiles.LargeRewritten,
            < 8 => ChangingFiles.SmallReplaced,
            < 14 => ChangingFiles.SmallRewritten,
            _ => ChangingFiles.ComesAndGoes,
        };

    private void AskForAll(string name)
    {
        client.Get($"/{name}");
        Check(name, Head());
    }

    private void AskForHead(string name)
    {
        client.Send($"HEAD /{name} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        ThenItIsOneOf(Head(), name, 200);
    }

    private void AskConditionally(string name)
    {
        var tag = tags.GetValueOrDefault(name, "\"none\"");
        client.Get($"/{name}", $"If-None-Match: {tag}\r\n");
        var head = Head();
        if (head.Status != 304)
            Check(name, head);
        else if (head.Field("ETag") != tag)
            throw new InvalidDataException($"{name}: {tag} was asked for, and this is not modified: {head}");
    }

    private void AskForPart(string name)
    {
        var first = random.Next(20);
        var lines = random.Next(1, MaxPartLines);
        client.Get(
            $"/{name}",
            $"Range: bytes={first * Versioned.LineBytes}-{(first + lines) * Versioned.LineBytes - 1}\r\n"
        );
        var head = Head();
        if (head.Status != 206)
            Check(name, head);
        else if (Content(name, head) is { } part)
            Versioned.VersionOf(part, first, out _);
    }

    private void AskForCoded(string name)
    {
        client.Get($"/{name}", "Accept-Encoding: gzip\r\n");
        var head = Head();
        ThenItIsOneOf(head, name, 200);
        if (Content(name, head) is not { } content || head.Status == 404)
            return;
        if (head.Field("Content-Encoding") == "gzip")
            Count("coded");
        Versioned.VersionOf(head.Field("Content-Encoding") == "gzip" ? Decompressed(content) : content);
    }

    private static byte[] Decompressed(byte[] content)
    {
        var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private void AskForNothing()
    {
        client.Get("/nothing");
        var head = Head();
        ThenItIsOneOf(head, "nothing", 404);
        _ = Content("nothing", head);
    }

    private void AskForMuch()
    {
        for (var i = 0; i < Pipelined; i++)
            client.Get($"/{ChangingFiles.SmallReplaced}");
        for (var i = 0; i < Pipelined; i++)
            Check(ChangingFiles.SmallReplaced, Head());
    }

    private void Check(string name, AnswerHead head)
    {
        ThenItIsOneOf(head, name, 200);
        if (Content(name, head) is not { } content || head.Status == 404)
            return;
        Versioned.VersionOf(content);
        tags[name] = head.Field("ETag")!;
    }

    private AnswerHead Head()
    {
        var head = new AnswerHead(client.ReceiveHead());
        Count(head.Status.ToString(CultureInfo.InvariantCulture));
        return head;
    }

    /// <summary>The content; null if it was cut short, which only some may be.</summary>
    private byte[]? Content(string name, AnswerHead head)
    {
        if (client.TryReceive(head.ContentBytes, out var content))
            return content;
        if (!ChangingFiles.MayBeCutShort(name))
            throw new InvalidDataException($"{name} was cut short: {head}");
        Count("cut short");
        Reconnect();
        return null;
    }

    private static void ThenItIsOneOf(AnswerHead head, string name, int status)
    {
        if (head.Status != status && !(head.Status == 404 && name == ChangingFiles.ComesAndGoes))
            throw new InvalidDataException($"{name}: {head}");
    }

    private void Reconnect()
    {
        client.Dispose();
        client = server.Connect();
    }

    private void Count(string kind) => Answers[kind] = Answers.GetValueOrDefault(kind) + 1;
}
