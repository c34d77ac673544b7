using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: an entry says what a response needs, and closes its file when the last user is done.</summary>
public sealed class FileEntryScenarios
{
    private static readonly DateTime Written = new(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);

    [Test]
    public void The_time_is_cut_to_seconds() =>
        GivenAnEntry(Written).LastModified.ShouldBe(new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));

    [Test]
    public void The_tag_is_the_time_and_the_length_in_quotes() =>
        TagOf(GivenAnEntry(Written)).ShouldBe($"\"{Written.Ticks:x}-3\"");

    [Test]
    public void The_tag_differs_with_the_time_and_with_the_length()
    {
        var tag = TagOf(GivenAnEntry(Written));
        TagOf(GivenAnEntry(Written.AddTicks(1))).ShouldNotBe(tag);
        TagOf(GivenAnEntry(Written, "four")).ShouldNotBe(tag);
    }

    [Test]
    public void Replicas_agree_on_the_tag()
    {
        using var one = GivenAReplica();
        using var other = GivenAReplica();
        using var here = one.Find("/a.txt");
        using var there = other.Find("/a.txt");
        TagOf(here.Entry!).ShouldBe(TagOf(there.Entry!));
    }

    [TestCase(long.MaxValue, 9999)]
    [TestCase(long.MinValue, 1)]
    [TestCase(0, 1970)]
    [TestCase(-1, 1969)]
    public void Times_that_no_calendar_knows_are_clamped(long seconds, int year)
    {
        new StatXTime(seconds, 999_999_999).ToDateTime().Year.ShouldBe(year);
        GivenAnEntry(new StatXTime(seconds, 999_999_999).ToDateTime()).LastModified.Year.ShouldBe(year);
    }

    [Test]
    public void The_handle_is_closed_when_the_last_user_is_done()
    {
        using var folder = new TemporaryFolder();
        var entry = new FileEntry(
            default,
            default,
            File.OpenHandle(folder.Write("a", "abc")),
            FileRoot.At(folder.Root)
        );
        entry.Acquire();
        entry.Release();
        entry.Handle!.IsClosed.ShouldBeFalse();
        entry.Release();
        entry.Handle.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void An_entry_that_is_released_too_often_says_so()
    {
        var entry = GivenAnEntry(Written);
        entry.Release();
        Should.Throw<InvalidOperationException>(entry.Release);
        Should.Throw<InvalidOperationException>(entry.Acquire);
    }

    private static FileEntry GivenAnEntry(DateTime written, string content = "abc") =>
        new(
            new(Device: 0, Inode: 0, content.Length, written, written),
            form: default,
            Encoding.ASCII.GetBytes(content).AsMemory()
        );

    private static ServedFolder GivenAReplica()
    {
        var served = new ServedFolder();
        File.SetLastWriteTimeUtc(served.Folder.Write("a.txt", "abc"), Written);
        return served;
    }

    private static string TagOf(FileEntry entry) => Encoding.ASCII.GetString(entry.ETag.Span);
}
