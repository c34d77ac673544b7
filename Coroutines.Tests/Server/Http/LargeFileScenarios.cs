using System.Security.Cryptography;
using System.Text;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a file of any size is sent as fast as the client reads, whole or not at all.</summary>
public sealed class LargeFileScenarios : HttpFixture
{
    [TestCase(64 * 1024, 1_000, 700)]
    [TestCase((64 * 1024) + 1, 1_000, 700)]
    [TestCase(100_000, 1, 1)]
    [TestCase(100_000, 40_000, 33_000)]
    [TestCase(1_000_000, int.MaxValue, 65_537)]
    [TestCase(1_000_000, 7_919, int.MaxValue)]
    public void A_file_arrives_byte_by_byte_as_it_is(int lengthBytes, int maxBytesPerSend, int window)
    {
        var content = GivenALargeFile(lengthBytes);
        Client.MaxBytesPerSend = maxBytesPerSend;
        Client.Window = window;
        WhenItSends(Get("/large") + Get("/large"));
        WhileItReads(window);
        ThenItReceivedTwice(content);
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void Nothing_more_is_answered_to_a_client_that_does_not_read()
    {
        GivenALargeFile(100_000);
        Client.Window = 0;
        WhenItSends(string.Concat(Enumerable.Repeat(Get("/large"), 100)));
        Served.AccessLog.Answers.ShouldBeEmpty();
        Client.Received.Length.ShouldBe(0);
    }

    [Test]
    public void A_file_that_shrinks_ends_the_connection_so_that_the_client_sees_it()
    {
        GivenALargeFile(200_000);
        Client.Window = 50_000;
        WhenItSends(Get("/large"));
        File.WriteAllText(Folder.InRoot("large"), "short");
        Client.Window = long.MaxValue;
        WhenAllIsDone();
        ThenItIsClosed();
        Client.Received.Length.ShouldBeLessThan(200_000);
        Served.Messages.ShouldHaveSingleItem().ShouldStartWith("Warn A file was changed");
        ThenNothingIsHeld();
        Served.AccessLog.Answers.ShouldHaveSingleItem().ContentBytes.ShouldBeInRange(1, 199_999);
    }

    [Test]
    public void A_file_that_was_just_emptied_harms_no_answer_behind_it()
    {
        Root = path => new EmptiedRoot(FileRoot.At(path));
        GivenAFile("emptied", "hello");
        var content = GivenALargeFile(60_000);
        WhenItSends(Get("/emptied") + Get("/large"));
        ThenTheStatusesAre(200, 200);
        Client.Received[^content.Length..].ToArray().ShouldBe(content);
        Served.Messages.ShouldBeEmpty();
    }

    [Test]
    public void Two_clients_read_one_file_at_their_own_pace()
    {
        var content = GivenALargeFile(300_000);
        var other = GivenAnotherClient();
        (Client.Window, other.Window) = (100_000, 10_000);
        Client.Sends(Get("/large"));
        other.Sends(Get("/large"));
        WhenAllIsDone();
        (Client.Window, other.Window) = (long.MaxValue, long.MaxValue);
        WhenAllIsDone();
        foreach (var peer in new[] { Client, other })
            peer.Received[^content.Length..].ToArray().ShouldBe(content);
        ThenTheFileIsHeldByTheCacheAlone("/large");
    }

    [Test]
    public void A_fast_client_leaves_the_others_their_turn()
    {
        GivenALargeFile(10_000_000);
        Client.Sends(Get("/large"));
        while (Client.Received.Length == 0)
            Simulation.Scheduler.Turn(TimeSpan.Zero);
        Client.Received.Length.ShouldBeLessThan(512 * 1024);
    }

    private byte[] GivenALargeFile(int lengthBytes)
    {
        var content = new byte[lengthBytes];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Folder.InRoot("large"), content);
        return content;
    }

    private void WhileItReads(int window)
    {
        for (var rounds = 0; rounds < 1_000_000 && Served.AccessLog.Answers.Count < 2; rounds++)
        {
            Client.Window = window;
            WhenAllIsDone();
        }
        ThenTheStatusesAre(200, 200);
    }

    private void ThenItReceivedTwice(byte[] content)
    {
        var hash = Convert.ToHexString(SHA256.HashData(content));
        foreach (var answer in Answers)
            Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(answer.Content))).ShouldBe(hash);
    }
}
