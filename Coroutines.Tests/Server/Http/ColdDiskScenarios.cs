using Coroutines.Sync;
using Coroutines.Testing;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: who asks for what isn't in memory waits for the disk, and nobody else does.</summary>
public sealed class ColdDiskScenarios : HttpFixture
{
    private const int Large = 3_000_000;
    private const int Megabyte = 1024 * 1024;

    private ColdRoot? disk;
    private Workers? readers;

    public ColdDiskScenarios()
    {
        Root = path => disk = new ColdRoot(FileRoot.At(path));
        Files = new() { DiskWait = DiskWait.Refused };
    }

    private ColdRoot Disk => disk!;

    [TearDown]
    public void Dismiss()
    {
        disk?.Answer();
        readers?.Dispose();
    }

    [TestCase(5)]
    [TestCase(60_000)]
    [TestCase(Large)]
    public void Others_are_answered_while_a_file_is_fetched(int lengthBytes)
    {
        var content = GivenAColdFile(lengthBytes);
        GivenReaders();
        WhenItSends(Get("/cold"));
        ThenAnotherIsAnswered();
        ThenNothingOfTheContentCame();
        WhenTheDiskAnswers();
        ThenItComes(content);
    }

    [Test]
    public void Others_are_answered_while_the_way_to_a_file_is_fetched()
    {
        var content = GivenAColdFile(5);
        Disk.ColdPaths.Add("cold");
        Disk.ColdFrom = long.MaxValue;
        GivenReaders();
        WhenItSends(Get("/cold"));
        ThenAnotherIsAnswered();
        Client.ReceivedText.ShouldBeEmpty();
        WhenTheDiskAnswers();
        ThenItComes(content);
    }

    [Test]
    public void A_file_that_was_answered_before_holds_up_nobody_when_its_folder_was_dropped()
    {
        GivenAColdFile(5);
        GivenReaders();
        WhenTimePasses(TimeSpan.FromSeconds(1));
        Disk.ColdPaths.Add("hot");
        WhenItSends(Get("/hot"));
        Until(() => Disk.Fetches == 1);
        Client.ReceivedText.ShouldBeEmpty();
        Disk.ColdFrom = long.MaxValue;
        WhenTheDiskAnswers();
        ThenItComes("hot");
    }

    [Test]
    public void Others_are_answered_while_it_is_found_out_that_there_is_nothing()
    {
        GivenAColdFile(5);
        Disk.ColdPaths.Add("nothing");
        GivenReaders();
        WhenItSends(Get("/nothing"));
        ThenAnotherIsAnswered();
        Client.ReceivedText.ShouldBeEmpty();
        WhenTheDiskAnswers();
        UntilItHasReceived(Client, 0);
        ThenTheAnswerIs(404);
    }

    [Test]
    public void What_was_found_to_be_nothing_is_looked_up_once_and_not_for_each_coding()
    {
        GivenAColdFile(5);
        GivenReaders();
        WhenItSends(Get("/before")); // and the page for what is missing
        var before = Disk.Lookups;
        Disk.ColdPaths.Add("nothing");
        WhenItSends(Get("/nothing"));
        WhenTheDiskAnswers();
        Until(() => Client.ReceivedText.Split("404 Not Found\r\n").Length == 3);
        (Disk.Lookups - before).ShouldBe(1);
    }

    [Test]
    public void A_file_that_appears_while_nothing_is_found_is_sent()
    {
        GivenAColdFile(5);
        Disk.ColdPaths.Add("late");
        GivenReaders();
        WhenItSends(Get("/late"));
        Until(() => Disk.Fetches == 1);
        GivenAFile("late", "late");
        WhenTheDiskAnswers();
        ThenItComes("late");
    }

    [Test]
    public void A_part_that_is_in_memory_is_sent_before_the_rest_is_fetched()
    {
        var content = GivenAColdFile(Large);
        Disk.ColdFrom = 100_000;
        GivenReaders();
        WhenItSends(Get("/cold"));
        ThenAnotherIsAnswered();
        Client.ReceivedText.Split("\r\n\r\n")[1].Length.ShouldBe(100_000);
        WhenTheDiskAnswers();
        ThenItComes(content);
    }

    [TestCase("bytes=2000000-", 1_000_000)]
    [TestCase("bytes=0-9,2000000-2999999", 1_000_010)]
    public void Parts_are_fetched_as_the_whole_is(string ranges, int atLeastBytes)
    {
        GivenAColdFile(Large);
        GivenReaders();
        WhenItSends(Get("/cold", $"Range: {ranges}"));
        ThenAnotherIsAnswered();
        WhenTheDiskAnswers();
        UntilItHasReceived(Client, atLeastBytes);
        ThenTheAnswerIs(206).Content.Length.ShouldBeGreaterThanOrEqualTo(atLeastBytes);
    }

    [Test]
    public void However_many_ask_it_is_fetched_once()
    {
        var content = GivenAColdFile(5);
        GivenReaders();
        WhenItSends(Get("/cold"));
        var second = GivenAnotherClient();
        second.Sends(Get("/cold"));
        WhenAllIsDone();
        WhenTheDiskAnswers();
        ThenItComes(content);
        UntilItHasReceived(second, 1);
        second.ReceivedText.ShouldBe(Client.ReceivedText);
        Disk.Fetches.ShouldBe(1);
        Served.Site.Counts.CacheMisses.ShouldBeLessThanOrEqualTo(2);
    }

    [TestCase(5, 1)]
    [TestCase(Large, 3)]
    public void Where_nobody_can_tell_each_megabyte_is_fetched_and_then_taken(int lengthBytes, int fetches)
    {
        var content = GivenAColdFile(lengthBytes);
        Disk.Forgets = true;
        GivenReaders();
        Disk.Answer();
        WhenItSends(Get("/cold"));
        ThenItComes(content);
        Disk.Fetches.ShouldBe(fetches);
    }

    [TestCase(5)]
    [TestCase(Large)]
    public void Without_readers_the_client_waits_for_the_disk_itself(int lengthBytes)
    {
        var content = GivenAColdFile(lengthBytes);
        Disk.Answer();
        WhenItSends(Get("/cold"));
        ThenItComes(content);
    }

    [TestCase(5)]
    [TestCase(Large)]
    public void A_client_that_leaves_meanwhile_leaves_nothing(int lengthBytes)
    {
        GivenAColdFile(lengthBytes);
        GivenReaders();
        WhenItSends(Get("/cold"));
        Client.Resets();
        WhenTheDiskAnswers();
        Until(() => Client.IsClosed);
        ThenNothingIsHeld();
    }

    [Test]
    public void A_file_that_changes_while_it_is_fetched_is_cut_short()
    {
        GivenAColdFile(Large);
        Disk.ColdFrom = Megabyte;
        GivenReaders();
        WhenItSends(Get("/cold"));
        File.WriteAllText(Folder.InRoot("cold"), new string('n', Large));
        WhenTheDiskAnswers();
        Until(() => Client.IsClosed);
        Client.ReceivedText.ShouldNotContain("nn");
        Client.Received.Length.ShouldBeLessThan(Large);
    }

    [Test]
    public void The_time_that_the_disk_takes_is_not_the_clients()
    {
        var content = GivenAColdFile(Large);
        Disk.ColdFrom = Megabyte;
        GivenReaders();
        WhenItSends(Get("/cold"));
        WhenTimePasses(TimeSpan.FromHours(3)); // for a megabyte, at 240 bytes a second, there are 73 minutes
        WhenTheDiskAnswers();
        ThenItComes(content);
    }

    private string GivenAColdFile(int lengthBytes)
    {
        var content = string.Create(lengthBytes, 0, (letters, _) => Fill(letters));
        GivenAFile("cold", content);
        GivenAFile("hot", "hot");
        WhenAnotherAsksForWhatIsHot().ReceivedText.ShouldNotBeEmpty();
        Disk.ColdFrom = 0;
        return content;
    }

    private static void Fill(Span<char> letters)
    {
        var random = new Random(1);
        foreach (ref var letter in letters)
            letter = (char)('a' + random.Next(10));
    }

    private ScriptedPeer WhenAnotherAsksForWhatIsHot()
    {
        var other = GivenAnotherClient();
        other.Sends(Get("/hot", "Connection: close"));
        other.HalfCloses();
        WhenAllIsDone();
        return other;
    }

    private void GivenReaders() => Served.Site.Readers = readers = new Workers(Simulation.Scheduler, 1);

    private void WhenTheDiskAnswers() => Disk.Answer();

    private void ThenAnotherIsAnswered()
    {
        Until(() => Disk.Fetches == 1);
        Answer.ReadAll(WhenAnotherAsksForWhatIsHot().ReceivedText).ShouldHaveSingleItem().Content.ShouldBe("hot");
    }

    private void ThenNothingOfTheContentCame() => Client.ReceivedText.Split("\r\n\r\n")[^1].ShouldBeEmpty();

    private void ThenItComes(string content)
    {
        UntilItHasReceived(Client, content.Length);
        (ThenTheAnswerIs(200).Content == content).ShouldBeTrue();
        ThenNoExchangeIsHeld();
    }

    private void UntilItHasReceived(ScriptedPeer peer, int bytes) => Until(() => peer.Received.Length > bytes);

    private void Until(Func<bool> isSo) =>
        SpinWait
            .SpinUntil(
                () =>
                {
                    WhenAllIsDone();
                    return isSo();
                },
                TimeSpan.FromSeconds(30)
            )
            .ShouldBeTrue();
}
