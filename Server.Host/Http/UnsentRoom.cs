// What waits to be sent of a copy are references to its pages. So it takes no memory; but TCP counts it like any other, and
// holds everybody up once all of it comes to more than the system wants (tcp_mem). Hence a place for some clients only.
namespace Server.Host.Http;

/// <summary>The places for clients for whom more of a copy may wait in the system than of other content: the loop is woken
/// less often for them, which saves a third of the processor time.</summary>
/// <remarks>May be used by all threads.</remarks>
/// <param name="places">How many there are; the default is 32, 32 MiB in all.</param>
internal sealed class UnsentRoom(int places = UnsentRoom.DefaultPlaces)
{
    /// <summary>How much may wait for each of them, and how much is sent at a stretch: the system takes a megabyte of a copy in
    /// the time in which it takes 256 KiB of other content.</summary>
    public const int BytesEach = 1024 * 1024; // half of it saves half as much, twice as much saves no more

    public const int DefaultPlaces = 32; // tcp_mem: for all of TCP a sixteenth of the memory, 60 MB of 1 GB

    private readonly SharedCount taken = new();

    /// <summary>Takes a place, if there is one.</summary>
    public bool TryTake() => taken.TryIncrement(places);

    public void GiveBack() => taken.Decrement();
}
