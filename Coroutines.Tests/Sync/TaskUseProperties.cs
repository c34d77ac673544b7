using Coroutines.Sync;
using Coroutines.Testing;
using CsCheck;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: whenever tasks end, and whoever gives up or is cancelled before: each who still waits is told once, and
/// nothing is expected any more in the end.</summary>
public sealed class TaskUseProperties
{
    private static readonly Gen<(int Choice, int Which, int Time)[]> Steps = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, 30],
        Gen.Int[0, 3]
    ).Array[1, 40];

    [Test]
    public void Nobody_is_forgotten_or_told_twice() =>
        Steps.Sample(
            steps =>
            {
                using var errands = new Errands();
                errands.Run(steps);
            },
            iter: 2_000
        );

    private sealed class Errands : IDisposable
    {
        private readonly Simulation simulation = new();
        private readonly Channel<int> channel = new(1);
        private readonly TaskCompletionSource<int>[] sources = [new(), new(), new(), new()];
        private readonly List<Coroutine> coroutines = [];
        private readonly List<Task<object?>> tasks = [];
        private readonly List<Exception> unseen = []; // by those that were cancelled before they went on
        private int begun;
        private int told;
        private int unwound;

        private Scheduler Scheduler => simulation.Scheduler;

        public void Run((int Choice, int Which, int Time)[] steps)
        {
            Scheduler.Failed += (_, failure) => unseen.Add(failure);
            foreach (var (choice, which, time) in steps)
                Step(choice, which, TimeSpan.FromMilliseconds(time));
            foreach (var source in sources)
                source.TrySetResult(1);
            simulation.Advance(TimeSpan.FromSeconds(1));
            Scheduler.Count.ShouldBe(0);
            (told + unwound).ShouldBe(begun);
            unseen.ShouldAllBe(failure => failure is FormatException);
            tasks.ShouldAllBe(task => task.IsCompleted);
            Scheduler.Timers.Count.ShouldBe(0);
            ThenNothingIsExpected();
        }

        public void Dispose() => simulation.Dispose();

        private void ThenNothingIsExpected()
        {
            Scheduler.Spawn(Waits(Timeout.InfiniteTimeSpan));
            Should.Throw<DeadlockException>(Scheduler.Run);
        }

        private void Step(int choice, int which, TimeSpan time)
        {
            Deadline limit = time == TimeSpan.Zero ? Deadline.None : time;
            var source = sources[which % sources.Length];
            switch (choice)
            {
                case 0 or 1:
                    Spawn(Tells(source.Task.TryJoin(limit)));
                    break;
                case 2:
                    Spawn(Tells(Any(channel.Receive(TimeSpan.FromMilliseconds(5)), source.Task.TryJoin(limit))));
                    break;
                case 3:
                    tasks.Add(Scheduler.RunAsync(Waits(time)));
                    break;
                case 4 when coroutines.Count > 0:
                    coroutines[which % coroutines.Count].Cancel();
                    break;
                case 5:
                    channel.TrySend(which);
                    break;
                case 6 when which < 8:
                    End(source, which);
                    break;
                case 7:
                    simulation.Clock.Advance(TimeSpan.FromMilliseconds(1));
                    break;
                default:
                    Scheduler.Turn(TimeSpan.Zero);
                    break;
            }
        }

        private static void End(TaskCompletionSource<int> source, int which)
        {
            if (which < 4)
                source.TrySetResult(which);
            else if (which < 6)
                source.TrySetException(new FormatException("broken"));
            else
                source.TrySetCanceled();
        }

        private void Spawn(IEnumerator<Wait> body)
        {
            coroutines.Add(Scheduler.Spawn(body));
            tasks.Add(coroutines[^1].AsTask());
        }

        private IEnumerator<Wait> Tells(Wait wait)
        {
            begun++;
            var wasTold = false;
            try
            {
                yield return wait;
                wasTold = true;
                told++;
            }
            finally
            {
                unwound += wasTold ? 0 : 1;
            }
        }

        private static IEnumerator<Wait> Waits(TimeSpan time)
        {
            yield return Sleep(time);
        }
    }
}
