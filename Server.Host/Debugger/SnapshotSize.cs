using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>How much memory a snapshot takes: an estimate from above, since what snapshots share is counted for each.
/// </summary>
internal static class SnapshotSize
{
    // An object's head and its references, on a 64-bit runtime, with room to spare.
    private const long ObjectBytes = 120;
    private const long CharacterBytes = 2;

    public static long Of(Snapshot snapshot) =>
        (4 * ObjectBytes)
        + snapshot.Coroutines.Sum(Of)
        + snapshot.Network.Sum(wire => ObjectBytes + Text(wire.Peer) + Text(wire.LastReceived) + Text(wire.LastSend))
        + snapshot.Happenings.Sum(happening => ObjectBytes + Text(happening.Text))
        + snapshot.Targets.Values.Sum(target => ObjectBytes + Text(target))
        + (snapshot.Ready.Count * sizeof(int));

    private static long Of(CoroutineDump coroutine) =>
        ObjectBytes + Text(coroutine.Name) + Text(coroutine.WaitsOn) + coroutine.Frames.Sum(Of);

    private static long Of(CoroutineFrame frame) =>
        ObjectBytes + frame.Variables.Sum(variable => (ObjectBytes / 2) + Text(variable.Value));

    private static long Text(string? text) => text is null ? 0 : (ObjectBytes / 4) + (text.Length * CharacterBytes);
}
