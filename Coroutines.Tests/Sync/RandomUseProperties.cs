using Coroutines.Sync;
using Coroutines.Testing;
using CsCheck;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: whoever sends, receives, gives up and is cancelled, at whatever moment: no item and no permit is lost
/// or doubled.</summary>
public sealed class RandomUseProperties
{
    private static readonly Gen<(int Choice, int Which, int Time)[]> Steps = Gen.Select(
        Gen.Int[0, 11],
        Gen.Int[0, 30],
        Gen.Int[0, 3]
    ).Array[1, 60];

    [Test]
    public void No_item_is_lost_or_doubled_and_each_sender_keeps_its_order() =>
        Gen.Select(Gen.Int[1, 3], Steps).Sample(Exchanged, iter: 3_000);

    [Test]
    public void No_permit_is_lost_or_doubled() => Gen.Select(Gen.Int[1, 3], Steps).Sample(Passed, iter: 3_000);

    private static void Exchanged(int capacity, (int, int, int)[] steps)
    {
        using var exchange = new Exchange(capacity);
        exchange.Run(steps);
    }

    private static void Passed(int permits, (int, int, int)[] steps)
    {
        using var turnstile = new Turnstile(permits);
        turnstile.Run(steps);
    }

    private sealed class Exchange(int capacity) : IDisposable
    {
        private readonly Simulation simulation = new();
        private readonly Channel<int> channel = new(capacity);
        private readonly Channel<int> other = new(capacity);
        private readonly List<Coroutine> coroutines = [];
        private readonly List<int> received = [];
        private readonly HashSet<int> unsent = [];
        private int lastItem;

        public void Run((int Choice, int Which, int Time)[] steps)
        {
            foreach (var (choice, which, time) in steps)
                Step(choice, which, TimeSpan.FromMilliseconds(time));
            foreach (var coroutine in coroutines)
                coroutine.Cancel();
            while (channel.TryReceive(out var item) || other.TryReceive(out item))
                received.Add(item);
            received.Concat(unsent).Order().ShouldBe(Enumerable.Range(1, lastItem));
            (channel.SenderCount + channel.ReceiverCount + other.ReceiverCount).ShouldBe(0);
            simulation.Scheduler.Timers.Count.ShouldBe(0);
            simulation.Scheduler.Count.ShouldBe(0);
        }

        public void Dispose() => simulation.Dispose();

        private void Step(int choice, int which, TimeSpan time)
        {
            Deadline limit = time == TimeSpan.Zero ? Deadline.None : time;
            switch (choice)
            {
                case 0 or 1 or 2:
                    coroutines.Add(simulation.Scheduler.Spawn(Sends(which % 2 == 0 ? channel : other, limit)));
                    break;
                case 3 or 4:
                    coroutines.Add(simulation.Scheduler.Spawn(Receives(channel.Receive(limit))));
                    break;
                case 5:
                    coroutines.Add(simulation.Scheduler.Spawn(Receives(Any(channel.Receive(limit), other.Receive()))));
                    break;
                case 6 when coroutines.Count > 0:
                    coroutines[which % coroutines.Count].Cancel();
                    break;
                case 7:
                    simulation.Clock.Advance(TimeSpan.FromMilliseconds(1));
                    break;
                case 8 when which == 0:
                    channel.Close();
                    break;
                case 9 or 10:
                    coroutines.Add(simulation.Scheduler.Spawn(Swaps(receiveFirst: which % 2 == 0, limit)));
                    break;
                default:
                    simulation.Scheduler.Turn(TimeSpan.Zero);
                    break;
            }
        }

        // It stands in both queues of one channel, if in the end it has to wait.
        private IEnumerator<Wait> Swaps(bool receiveFirst, Deadline limit)
        {
            var item = ++lastItem;
            var (send, receive) = (other.Send(item), other.Receive());
            unsent.Add(item);
            try
            {
                yield return receiveFirst ? Any(limit, receive, send) : Any(limit, send, receive);
                if (Woken.Index == (receiveFirst ? 0 : 1))
                    received.Add(Woken.Result<int>());
            }
            finally
            {
                if (((Sender<int>)send.Subject!).Item != item)
                    unsent.Remove(item);
            }
        }

        // An item is unsent until its send has ended well; one that was let in and then cancelled has been sent, which
        // only the channel knows: 'finally' looks whether it is still this coroutine's.
        private IEnumerator<Wait> Sends(Channel<int> to, Deadline limit)
        {
            var item = ++lastItem;
            var send = to.Send(item, limit);
            unsent.Add(item);
            try
            {
                yield return send;
            }
            finally
            {
                if (((Sender<int>)send.Subject!).Item != item)
                    unsent.Remove(item);
            }
        }

        private IEnumerator<Wait> Receives(Wait wait)
        {
            for (var i = 0; i < 3; i++)
            {
                yield return wait;
                if (!Woken.DeadlineReached && !Woken.Closed)
                    received.Add(Woken.Result<int>());
            }
        }
    }

    private sealed class Turnstile(int permits) : IDisposable
    {
        private readonly Simulation simulation = new();
        private readonly Semaphore semaphore = new(permits);
        private readonly Event happened = new();
        private readonly List<Coroutine> coroutines = [];
        private int inside;

        public void Run((int Choice, int Which, int Time)[] steps)
        {
            foreach (var (choice, which, time) in steps)
            {
                Step(choice, which, TimeSpan.FromMilliseconds(time));
                inside.ShouldBeInRange(0, permits);
                (semaphore.Available + inside).ShouldBeLessThanOrEqualTo(permits);
            }
            foreach (var coroutine in coroutines)
                coroutine.Cancel();
            semaphore.Available.ShouldBe(permits);
            (inside + semaphore.WaiterCount + happened.WaiterCount).ShouldBe(0);
            semaphore.ToString().ShouldNotContain("held");
            simulation.Scheduler.Timers.Count.ShouldBe(0);
        }

        public void Dispose() => simulation.Dispose();

        private void Step(int choice, int which, TimeSpan time)
        {
            Deadline limit = time == TimeSpan.Zero ? Deadline.None : time;
            switch (choice)
            {
                case 0 or 1 or 2:
                    coroutines.Add(simulation.Scheduler.Spawn(Enters(semaphore.Acquire(limit))));
                    break;
                case 3:
                    coroutines.Add(
                        simulation.Scheduler.Spawn(Enters(Any(happened.WaitUntilSet(), semaphore.Acquire(limit))))
                    );
                    break;
                case 4:
                    happened.Set();
                    happened.Reset();
                    break;
                case 5 or 6 when coroutines.Count > 0:
                    coroutines[which % coroutines.Count].Cancel();
                    break;
                case 7:
                    simulation.Clock.Advance(TimeSpan.FromMilliseconds(1));
                    break;
                default:
                    simulation.Scheduler.Turn(TimeSpan.Zero);
                    break;
            }
        }

        private IEnumerator<Wait> Enters(Wait wait)
        {
            for (var i = 0; i < 3; i++)
            {
                yield return wait;
                if (Woken.DeadlineReached || (wait.Kind == WaitKind.Any && Woken.Index == 0))
                    continue;
                inside++;
                try
                {
                    yield return Pause();
                }
                finally
                {
                    inside--;
                    semaphore.Release();
                }
            }
        }
    }
}
