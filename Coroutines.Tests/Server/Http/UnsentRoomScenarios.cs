using Coroutines.Sockets;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: of a large copy more may wait in the system than of other content, for some clients at a time.</summary>
[Platform("Linux")]
public sealed class UnsentRoomScenarios : HttpFixture
{
    private const int Large = 2_000_000;

    [Test]
    public void More_of_a_copy_may_wait_while_much_is_left_of_it()
    {
        GivenACopyOf(Large);
        Client.Window = 1;
        WhenItSends(Get("/file"));
        Client.UnsentLimitBytes.ShouldBe(UnsentRoom.BytesEach);
        WhenTheClientReadsAllBut(UnsentRoom.BytesEach - 1);
        Client.UnsentLimitBytes.ShouldBe(Connection.DefaultUnsentBytes);
        WhenTheClientReadsAllBut(0);
        ThenAllPlacesAreFree();
        ThenItIsOpen();
    }

    [Test]
    public void Of_a_short_copy_no_more_may_wait()
    {
        GivenACopyOf(UnsentRoom.BytesEach);
        Client.Window = 1;
        WhenItSends(Get("/file"));
        Client.UnsentLimitBytes.ShouldBe(Connection.DefaultUnsentBytes);
        ThenAllPlacesAreFree();
    }

    [Test]
    public void Of_a_file_that_is_no_copy_no_more_may_wait()
    {
        GivenAFile("file", new string('o', Large));
        Client.Window = 1;
        WhenItSends(Get("/file"));
        Client.UnsentLimitBytes.ShouldBe(Connection.DefaultUnsentBytes);
        ThenAllPlacesAreFree();
    }

    [Test]
    public void Who_finds_no_place_gets_the_next_that_is_free()
    {
        GivenACopyOf(Large);
        while (Room.TryTake())
            continue;
        Client.Window = 1;
        WhenItSends(Get("/file"));
        Client.UnsentLimitBytes.ShouldBe(Connection.DefaultUnsentBytes);
        Room.GiveBack();
        Client.Window = 1;
        WhenAllIsDone();
        Client.UnsentLimitBytes.ShouldBe(UnsentRoom.BytesEach);
        Room.TryTake().ShouldBeFalse();
    }

    [Test]
    public void Who_goes_leaves_a_place_behind()
    {
        GivenACopyOf(Large);
        Client.Window = 1;
        WhenItSends(Get("/file"));
        Client.Resets();
        WhenAllIsDone();
        ThenAllPlacesAreFree();
        ThenNothingIsHeld();
    }

    private UnsentRoom Room => Served.Site.UnsentRoom;

    private void GivenACopyOf(int lengthBytes)
    {
        GivenAFile("file", new string('o', lengthBytes));
        var other = GivenAnotherClient();
        other.Sends(Get("/file"));
        WhenAllIsDone();
        other.Sends(Get("/file"));
        WhenAllIsDone();
        other.HalfCloses();
        WhenAllIsDone();
    }

    // What is received has a head, too, which is shorter than a kilobyte.
    private void WhenTheClientReadsAllBut(int bytes)
    {
        while (Client.Received.Length < Large - bytes)
        {
            Client.Window = 1_000;
            WhenAllIsDone();
        }
        Client.Window = bytes == 0 ? long.MaxValue : 1;
        WhenAllIsDone();
    }

    private void ThenAllPlacesAreFree()
    {
        for (var place = 0; place < UnsentRoom.DefaultPlaces; place++)
            Room.TryTake().ShouldBeTrue();
        Room.TryTake().ShouldBeFalse();
    }
}
