using System.Diagnostics;
using System.Reflection;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a debugger shows a coroutine as its author thinks of it, and steps through handlers.</summary>
public sealed class DebuggingScenarios
{
    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [TestCase(typeof(Coroutine))]
    [TestCase(typeof(Scheduler))]
    [TestCase(typeof(SocketSlot))]
    [TestCase(typeof(Wait))]
    [TestCase(typeof(CoroutineFrame))]
    public void A_type_has_a_view_and_its_text_is_that_of_ToString(Type type)
    {
        ViewOf(type).GetConstructor([type]).ShouldNotBeNull();
        type.GetCustomAttribute<DebuggerDisplayAttribute>().ShouldNotBeNull().Value.ShouldBe("{ToString(),nq}");
        type.GetMethod(nameof(ToString), [])!.DeclaringType.ShouldBe(type);
    }

    [Test]
    public void The_view_of_a_coroutine_shows_its_frames()
    {
        var coroutine = simulation.Scheduler.Spawn(Reads(simulation.Connect()));
        simulation.RunUntilIdle();
        var view = new CoroutineView(coroutine);
        view.Frames.ShouldHaveSingleItem().Method.ShouldBe("DebuggingScenarios.Reads");
        view.WaitsFor.ShouldBe(WaitKind.Read);
        view.WaitsOn.ShouldBe(coroutine.WaitingOn);
    }

    [Test]
    public void The_view_of_a_scheduler_shows_who_waits_and_its_sets()
    {
        var coroutine = simulation.Scheduler.Spawn(Reads(simulation.Connect()));
        simulation.RunUntilIdle();
        var view = new SchedulerView(simulation.Scheduler);
        view.Waiting.ShouldBe([coroutine]);
        view.ReadSet.ShouldBe([coroutine.WaitingOn!]);
        view.WriteSet.ShouldBeEmpty();
        view.Running.ShouldBeNull();
        new SocketSlotView(coroutine.WaitingOn!).Reader.ShouldBe(coroutine);
    }

    [TestCase(typeof(Scheduler))]
    [TestCase(typeof(Coroutine))]
    [TestCase(typeof(Scope))]
    [TestCase(typeof(Wait))]
    [TestCase(typeof(Wakeup))]
    [TestCase(typeof(Deadline))]
    [TestCase(typeof(Connection))]
    [TestCase(typeof(Listener))]
    public void With_Just_My_Code_one_steps_over_the_library(Type type) =>
        type.IsDefined(typeof(DebuggerNonUserCodeAttribute)).ShouldBeTrue();

    [Test]
    public void A_step_over_a_yield_runs_on_instead_of_falling_into_another_coroutine()
    {
        const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
        typeof(Coroutine)
            .GetMethod("Move", Private)!
            .IsDefined(typeof(DebuggerStepperBoundaryAttribute))
            .ShouldBeTrue();
        typeof(Scheduler)
            .GetMethod("Resume", Private)!
            .IsDefined(typeof(DebuggerStepperBoundaryAttribute))
            .ShouldBeTrue();
    }

    private static Type ViewOf(Type type) =>
        Type.GetType(
            typeof(Scheduler)
                .Assembly.GetCustomAttributes<DebuggerTypeProxyAttribute>()
                .Single(one => one.Target == type)
                .ProxyTypeName
        )!;

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }
}
