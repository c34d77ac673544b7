using System.Runtime.Versioning;
using Coroutines.Tests.Server.Files;
using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: an answer is of one version of a file: all of it, or visibly cut short.</summary>
public sealed class FileVersionScenarios : HttpFixture
{
    private const int Large = 200_000;

    private static readonly string Old = new('o', Large);
    private static readonly string New = new('n', Large);
    private static readonly DateTime Now = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc); // the simulation's
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    public FileVersionScenarios() => Root = path => new FolderOfStrangers(FileRoot.At(path));

    [TestCase("o", Large)]
    [TestCase("n", 10)]
    [TestCase("n", Large + 1)]
    public void A_file_that_is_written_while_it_is_sent_is_cut_short(string letter, int lengthBytes)
    {
        WhenHalfIsSentOf(Get("/file"));
        File.WriteAllText(Folder.InRoot("file"), new string(letter[0], lengthBytes));
        WhenTheClientReadsOn();
        ThenItIsCutShort();
    }

    [TestCase("bytes=1000-")]
    [TestCase("bytes=0-99999,100001-")]
    public void So_are_its_parts(string ranges)
    {
        WhenHalfIsSentOf(Get("/file", $"Range: {ranges}"));
        File.WriteAllText(Folder.InRoot("file"), New);
        WhenTheClientReadsOn();
        ThenItIsCutShort();
    }

    [Test]
    public void A_file_that_is_written_after_its_last_byte_was_read_is_cut_short_before_it()
    {
        // The first look is the loader's; then comes one for each piece.
        ChangingRoot? root = null;
        Root = path => root = new ChangingRoot(FileRoot.At(path));
        GivenAFile("file", Old);
        GivenAFile("other", Old);
        WhenItSends(Get("/file"));
        ThenTheAnswerIs(200);
        var looks = root!.Looks;
        root.ChangesAt = looks + looks; // the last one of the second answer
        WhenItSends(Get("/other"));
        ThenItIsClosed();
        Client.Received.Length.ShouldBeInRange(Large + 100_000, (2 * Large) + 200);
        Served.Messages.ShouldHaveSingleItem().ShouldStartWith("Warn A file was changed");
    }

    [TestCase("")]
    [TestCase("Range: bytes=1000-")]
    [Platform("Linux")]
    public void Who_asks_again_gets_a_copy_that_no_writer_reaches(string range)
    {
        GivenAFile("file", Old);
        WhenItSends(Get("/file"));
        Client.Window = Large / 2;
        WhenItSends(Get("/file", [.. new[] { range }.Where(field => field.Length > 0)]));
        File.WriteAllText(Folder.InRoot("file"), New);
        WhenTheClientReadsOn();
        Answers.ShouldAllBe(answer => answer.Content.All(letter => letter == 'o'));
        Answers[1].Content.Length.ShouldBeGreaterThanOrEqualTo(Large - 1_000);
        ThenItIsOpen();
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void A_file_that_another_is_renamed_over_is_sent_to_its_end()
    {
        WhenHalfIsSentOf(Get("/file"));
        File.Move(Folder.Write("other", New), Folder.InRoot("file"), overwrite: true);
        WhenTheClientReadsOn();
        ThenTheAnswerIs(200).Content.ShouldBe(Old);
        ThenItIsOpen();
    }

    [Test]
    public void A_file_that_is_deleted_is_sent_to_its_end()
    {
        WhenHalfIsSentOf(Get("/file"));
        File.Delete(Folder.InRoot("file"));
        WhenTheClientReadsOn();
        ThenTheAnswerIs(200).Content.ShouldBe(Old);
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public void A_change_of_rights_changes_no_content()
    {
        WhenHalfIsSentOf(Get("/file"));
        File.SetUnixFileMode(Folder.InRoot("file"), UnixFileMode.UserRead);
        WhenTheClientReadsOn();
        ThenTheAnswerIs(200).Content.ShouldBe(Old);
    }

    [Test]
    public void A_file_that_was_rewritten_in_place_is_sent_anew_at_once()
    {
        GivenAFile("file", Old);
        WhenItSends(Get("/file"));
        GivenAFile("file", New, new DateTime(2026, 1, 2, 3, 4, 6, DateTimeKind.Utc));
        WhenItSends(Get("/file"));
        Answers.Select(answer => answer.Content).ShouldBe([Old, New]);
    }

    [TestCase(5, 100)]
    [TestCase(Large, 100)]
    [TestCase(5_000_000, 125)]
    [TestCase(0, 1_000)]
    public void A_file_that_was_written_a_moment_ago_is_waited_for(int lengthBytes, int milliseconds)
    {
        GivenAFile("file", new string('x', lengthBytes), Now);
        WhenItSends(Get("/file"));
        Answers.ShouldBeEmpty();
        WhenTimePasses(TimeSpan.FromMilliseconds(milliseconds) - Tick);
        Answers.ShouldBeEmpty();
        WhenTimePasses(TimeSpan.FromMilliseconds(26)); // it is looked at every 25 ms
        ThenTheAnswerIs(200).Content.Length.ShouldBe(lengthBytes);
        ThenItIsOpen();
    }

    [Test]
    public void A_file_that_is_dated_in_the_future_is_not_waited_for()
    {
        GivenAFile("file", "hello", Now + Quiet);
        WhenItSends(Get("/file"));
        ThenTheAnswerIs(200);
    }

    [Test]
    public void What_was_asked_for_before_and_behind_it_is_answered_in_order()
    {
        GivenAFile("a", "a");
        GivenAFile("file", "file", Now);
        Client.Sends(Get("/a") + Get("/file") + Get("/a"));
        Client.HalfCloses();
        WhenAllIsDone();
        ThenTheStatusesAre(200);
        WhenTimePasses(2 * Quiet);
        Answers.Select(answer => answer.Content).ShouldBe(["a", "file", "a"]);
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_writer_that_takes_its_time_is_waited_for()
    {
        GivenAFile("file", "half", Now);
        WhenItSends(Get("/file"));
        for (var writes = 1; writes < 10; writes++)
        {
            WhenTimePasses(Quiet / 2);
            GivenAFile("file", "half and half", Now + (Quiet / 2 * writes));
        }
        Answers.ShouldBeEmpty();
        WhenTimePasses(2 * Quiet);
        ThenTheAnswerIs(200).Content.ShouldBe("half and half");
    }

    [Test]
    public void A_writer_that_never_ends_is_given_up()
    {
        GivenAFile("a", "hello");
        GivenAFile("file", "half", Now);
        WhenItSends(Get("/file"));
        for (var writes = 1; writes < 100; writes++)
        {
            WhenTimePasses(Quiet / 2);
            GivenAFile("file", "half", Now + (Quiet / 2 * writes));
        }
        ThenTheAnswerIs(503).Has("Retry-After").ShouldBeTrue();
        WhenItSends(Get("/a"));
        ThenTheStatusesAre(503, 200);
    }

    [Test]
    public void A_client_that_waits_is_let_go_with_the_server()
    {
        GivenAFile("file", "half", Now);
        WhenItSends(Get("/file"));
        Served.Server.Drain();
        WhenTimePasses(2 * Quiet);
        ThenTheAnswerIs(200)["Connection"].ShouldBe("close");
        Client.HalfCloses();
        WhenAllIsDone();
        ThenItIsClosed();
    }

    private void WhenHalfIsSentOf(string request)
    {
        GivenAFile("file", Old);
        Client.Window = Large / 2;
        WhenItSends(request);
    }

    private void WhenTheClientReadsOn()
    {
        Client.Window = long.MaxValue;
        WhenAllIsDone();
    }

    private void ThenItIsCutShort()
    {
        ThenItIsClosed();
        ThenNothingIsHeld();
        Client.Received.Length.ShouldBeLessThan(Large);
        Client.ReceivedText.Split("\r\n\r\n")[^1].ShouldAllBe(letter => letter == 'o');
        Served.Messages.ShouldHaveSingleItem().ShouldStartWith("Warn A file was changed");
    }

    /// <summary>A folder in which a file has changed at some look.</summary>
    private sealed class ChangingRoot(IFileRoot root) : RootAround(root)
    {
        public int Looks { get; private set; }

        public int ChangesAt { get; set; } = int.MaxValue;

        public override FileStamp Stamp(SafeFileHandle file)
        {
            var stamp = base.Stamp(file);
            return ++Looks < ChangesAt ? stamp : stamp with { ModifiedAt = stamp.ModifiedAt.AddTicks(1) };
        }
    }
}
