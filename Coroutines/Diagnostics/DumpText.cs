using System.Text;

namespace Coroutines.Diagnostics;

/// <summary>Writes a dump for people: a line for each coroutine, then the frames that they have in common.</summary>
internal sealed class DumpText
{
    // Of a thousand clients at one line, the variables of some are enough to read; the JSON has all.
    private const int MaxShownOfGroup = 8;

    // The innermost frames of a recursion that has gone astray, and of any sound stack all.
    private const int MaxFrames = 32;

    private readonly StringBuilder text = new();

    private DumpText() { }

    public static string Of(SchedulerDump dump)
    {
        var writer = new DumpText();
        writer.Line(
            $"Turn {dump.Turn}: {Count(dump.Coroutines.Count, "coroutine")}, {dump.ReadyCount} ready, {dump.WatchedCount} watched."
        );
        foreach (var group in dump.Coroutines.GroupBy(PlaceOf))
            writer.Group([.. group]);
        return writer.text.ToString();
    }

    /// <summary>A coroutine in one line: <c>#5 'client' in #1, waits for Read on fd 9, since 0.40 s</c>.</summary>
    public static string Headline(CoroutineDump coroutine)
    {
        var parent = coroutine.ParentId is { } id ? Invariant($" in #{id}") : "";
        var what =
            coroutine.WaitsFor is not { } kind ? $"{coroutine.State}"
            : coroutine.WaitsOn is { } subject ? $"waits for {kind} on {subject}"
            : $"waits for {kind}";
        var since = coroutine.Suspended is { } time ? Invariant($", since {time.TotalSeconds:0.00} s") : "";
        return Legible.Escaped(Invariant($"#{coroutine.Id} '{coroutine.Name}'{parent}, {what}{since}"));
    }

    private static string PlaceOf(CoroutineDump coroutine) =>
        string.Join('\n', coroutine.Frames.Select(frame => frame.ToString()).Append(coroutine.State.ToString()));

    private void Group(List<CoroutineDump> members)
    {
        text.Append('\n');
        if (members.Count > 1)
            Line($"{Count(members.Count, "coroutine")} at the same place:");
        foreach (var member in members)
            Line(Headline(member));
        var frames = members[0].Frames.Count;
        for (var index = 0; index < Math.Min(frames, MaxFrames); index++)
            Frame(index, members);
        if (frames > MaxFrames)
            Line($"    ... and {frames - MaxFrames} more frames");
    }

    private void Frame(int index, List<CoroutineDump> members)
    {
        var frame = members[0].Frames[index];
        Line($"    {frame}{(frame.Missing is { } missing ? $" ({missing})" : "")}");
        foreach (var member in members.Take(MaxShownOfGroup))
            Variables(members.Count > 1 ? $"#{member.Id}: " : "", member.Frames[index].Variables);
        if (members.Count > MaxShownOfGroup)
            Line($"        ... and those of {members.Count - MaxShownOfGroup} more");
    }

    private void Variables(string owner, IReadOnlyList<Variable> variables)
    {
        if (variables.Count > 0)
            Line($"        {owner}{string.Join(", ", variables)}");
    }

    private void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

    private void Line(string line) => text.Append(line).Append('\n');

    private static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString line) => FormattableString.Invariant(line);
}
