using System.Diagnostics;
using System.Numerics;

namespace Coroutines;

/// <summary>Deadlines in a hierarchical timing wheel: arming and cancelling are O(1), and leave nothing behind.</summary>
/// <remarks>
/// After Varghese and Lauck, "Hashed and hierarchical timing wheels" (1987). Six wheels of 64 slots; a slot of the first is
/// one millisecond, a slot of each next wheel is a whole turn of the one before. A timer lies in the wheel of the highest
/// base-64 digit in which its due time differs from <see cref="elapsed"/>, and moves to a lower wheel when that slot's time
/// comes. One bit per slot says whether it is occupied, so empty slots cost nothing. The nodes lie in one array and are
/// linked by index, each slot a ring in the order of arming.
/// </remarks>
[DebuggerNonUserCode]
internal sealed class TimerQueue
{
    private const int DigitBits = 6;
    private const int SlotsPerWheel = 1 << DigitBits;
    private const int Wheels = 6;
    private const int SlotBits = 9; // 6 x 64 slots
    private const int Free = -1;
    private const long NeverDue = long.MaxValue;

    private readonly int[] heads = new int[Wheels * SlotsPerWheel];
    private readonly ulong[] occupied = new ulong[Wheels];
    private Node[] nodes = new Node[16]; // node 0 is never used, so that 0 is no timer
    private int used = 1;
    private int free;
    private long elapsed;

    /// <summary>Starts at a point in time, in milliseconds; what is due is due after it.</summary>
    public TimerQueue(long now) => elapsed = now;

    /// <summary>How many timers are armed.</summary>
    public int Count { get; private set; }

    /// <summary>How many timers there is room for before the queue grows.</summary>
    public int Capacity => nodes.Length - 1;

    /// <summary>The earliest time, in milliseconds, at which <see cref="Expire"/> may have something to do: the next due
    /// time, or a little before it. <see cref="long.MaxValue"/> if nothing is armed.</summary>
    public long NextDue => Find(out _);

    /// <summary>Arms a timer.</summary>
    /// <param name="due">When, in milliseconds; if that has passed already, at the next millisecond. At most two years
    /// ahead.</param>
    /// <param name="owner">Whom to tell.</param>
    /// <returns>The timer, for <see cref="Cancel"/>; never 0. It is spent once the owner was told.</returns>
    public int Arm(long due, ITimed owner)
    {
        var timer = Rent();
        nodes[timer].Owner = owner;
        Link(timer, Math.Max(due, elapsed + 1));
        Count++;
        return timer;
    }

    /// <summary>Cancels an armed timer.</summary>
    public void Cancel(int timer)
    {
        Unlink(timer);
        Return(timer);
    }

    /// <summary>Tells the owner of each timer that is due, earliest first; those due at the same millisecond mostly in the
    /// order of arming.</summary>
    /// <param name="now">The time in milliseconds.</param>
    public void Expire(long now)
    {
        long time;
        while ((time = Find(out var slot)) <= now)
        {
            elapsed = time;
            while (heads[slot] is not 0 and var timer)
                Take(timer);
        }
        elapsed = Math.Max(elapsed, now);
    }

    private void Take(int timer)
    {
        var due = nodes[timer].Due;
        Unlink(timer);
        if (due > elapsed)
        {
            Link(timer, due);
            return;
        }
        var owner = nodes[timer].Owner!;
        Return(timer);
        owner.Expire();
    }

    /// <summary>The first occupied slot, and when its time comes.</summary>
    private long Find(out int slot)
    {
        for (var wheel = 0; wheel < Wheels; wheel++)
        {
            if (occupied[wheel] == 0)
                continue;
            var shift = wheel * DigitBits;
            var digit = (int)(elapsed >> shift) & (SlotsPerWheel - 1);
            var ahead = BitOperations.TrailingZeroCount(BitOperations.RotateRight(occupied[wheel], digit));
            slot = (wheel * SlotsPerWheel) + ((digit + ahead) & (SlotsPerWheel - 1));
            return ((elapsed >> shift) + ahead) << shift;
        }
        slot = 0;
        return NeverDue;
    }

    private void Link(int timer, long due)
    {
        var highest = 63 - BitOperations.LeadingZeroCount((ulong)(due ^ elapsed));
        var wheel = Math.Min(highest / DigitBits, Wheels - 1);
        var digit = (int)(due >> (wheel * DigitBits)) & (SlotsPerWheel - 1);
        var slot = (wheel * SlotsPerWheel) + digit;
        occupied[wheel] |= 1UL << digit;

        ref var node = ref nodes[timer];
        node.Key = (due << SlotBits) | (long)slot;
        if (heads[slot] == 0)
        {
            node.Next = node.Previous = heads[slot] = timer;
            return;
        }
        var head = heads[slot];
        var tail = nodes[head].Previous;
        (node.Previous, node.Next) = (tail, head);
        nodes[tail].Next = nodes[head].Previous = timer;
    }

    private void Unlink(int timer)
    {
        ref var node = ref nodes[timer];
        Debug.Assert(node.Key != Free, "A timer was cancelled twice, or after it was spent.");
        var slot = node.Slot;
        if (node.Next == timer)
        {
            heads[slot] = 0;
            occupied[slot / SlotsPerWheel] &= ~(1UL << (slot % SlotsPerWheel));
            return;
        }
        nodes[node.Previous].Next = node.Next;
        nodes[node.Next].Previous = node.Previous;
        if (heads[slot] == timer)
            heads[slot] = node.Next;
    }

    private int Rent()
    {
        if (free != 0)
        {
            var timer = free;
            free = nodes[timer].Next;
            return timer;
        }
        if (used == nodes.Length)
            Array.Resize(ref nodes, nodes.Length * 2);
        return used++;
    }

    private void Return(int timer)
    {
        nodes[timer] = new Node { Key = Free, Next = free };
        free = timer;
        Count--;
    }

    private struct Node
    {
        public long Key; // due time and slot
        public ITimed? Owner;
        public int Next;
        public int Previous;

        public readonly long Due => Key >> SlotBits;

        public readonly int Slot => (int)(Key & ((1 << SlotBits) - 1));
    }
}
