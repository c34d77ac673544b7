using System.Text;
using global::Server.Host.Comparing;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: an answer counts only if it is right to the last byte, however it comes in pieces.</summary>
public sealed class AnswerCheckScenarios
{
    private const string Right = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello";

    private readonly AnswerCheck check = new("hello"u8.ToArray());

    [Test]
    public void It_is_complete_with_its_last_byte_and_not_before([Range(1, 30)] int pieceBytes)
    {
        var bytes = Encoding.ASCII.GetBytes(Right);
        for (var at = 0; at < bytes.Length; at += pieceBytes)
        {
            var end = Math.Min(bytes.Length, at + pieceBytes);
            Add(bytes.AsSpan(at, end - at)).ShouldBe(end == bytes.Length ? Verdict.Right : Verdict.Incomplete);
        }
    }

    [Test]
    public void After_one_comes_the_next()
    {
        Add(Right).ShouldBe(Verdict.Right);
        check.Restart();
        check.IsEmpty.ShouldBeTrue();
        Add(Right).ShouldBe(Verdict.Right);
    }

    [Test]
    public void One_byte_of_the_content_that_is_wrong_is_enough([Range(0, 4)] int at)
    {
        var bytes = Encoding.ASCII.GetBytes(Right);
        bytes[^(at + 1)] ^= 1;
        Add(bytes).ShouldBe(Verdict.Wrong);
    }

    [TestCase("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello", TestName = "another status")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhell", TestName = "a length that is less")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", TestName = "a length that is more")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\nhello", TestName = "no length")]
    [TestCase(Right + "!", TestName = "more than was said")]
    [TestCase("GET / HTTP/1.1\r\n\r\n", TestName = "no answer")]
    public void Anything_else_is_wrong(string answer) => Add(answer).ShouldBe(Verdict.Wrong);

    [Test]
    public void A_head_without_end_is_wrong()
    {
        while (!check.Room.IsEmpty)
            Add("a").ShouldBe(check.Room.IsEmpty ? Verdict.Wrong : Verdict.Incomplete);
    }

    [Test]
    public void A_server_without_room_refuses() =>
        Add("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n").ShouldBe(Verdict.Refused);

    private Verdict Add(string text) => Add(Encoding.ASCII.GetBytes(text));

    private Verdict Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(check.Room);
        return check.Add(bytes.Length);
    }
}
