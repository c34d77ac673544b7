using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>How much memory a snapshot takes: an estimate from above, since what snapshots share is counted for each.
/// </summary>
internal static class SnapshotSize
{
    // An object's head and its references, on a 64-bit runtime, with room to spare.
    private const long ObjectBytes = 120;
    private const long CharacterBytes = 2;

    // A reference in a list, which has room for more.
    private const long EntryBytes = 16;

    public static long Of(Snapshot snapshot) =>
        (4 * ObjectBytes)
        + snapshot.Coroutines.Sum(Of)
        + snapshot.Network.Sum(wire => ObjectBytes + Text(wire.Peer) + Text(wire.LastReceived) + Text(wire.LastSend))
        + snapshot.Happenings.Sum(happening => ObjectBytes + Text(happening.Text))
        + snapshot.Targets.Values.Sum(target => ObjectBytes + Text(target))
        + (snapshot.Ready.Count * sizeof(int))
        + Of(snapshot.Sets)
        + Of(snapshot.Tables)
        + snapshot.Failed.Sum(failed => ObjectBytes + Text(failed.Failure) + failed.Frames.Sum(Of));

    private static long Of(PollSets? sets) =>
        sets is null
            ? 0
            : ObjectBytes
                + (
                    sizeof(int)
                    * (
                        sets.AskedToRead.Count
                        + sets.AskedToWrite.Count
                        + sets.ReadyBefore.Count
                        + (sets.Readable?.Count ?? 0)
                        + (sets.Writable?.Count ?? 0)
                    )
                );

    private static long Of(ModelTables? tables) =>
        tables is null
            ? 0
            : tables.Processes.Sum(process => ObjectBytes + process.Sockets.Sum(socket => EntryBytes + Text(socket)))
                + tables.Threads.Sum(thread => ObjectBytes + Text(thread.Name))
                + (tables.Connections.Count * ObjectBytes);

    private static long Of(CoroutineDump coroutine) =>
        ObjectBytes + Text(coroutine.Name) + Text(coroutine.WaitsOn) + coroutine.Frames.Sum(Of);

    private static long Of(CoroutineFrame frame) =>
        ObjectBytes + frame.Variables.Sum(variable => (ObjectBytes / 2) + Text(variable.Value));

    private static long Text(string? text) => text is null ? 0 : (ObjectBytes / 4) + (text.Length * CharacterBytes);
}
