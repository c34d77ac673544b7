extern alias Optimised;
extern alias Unoptimised;
using Coroutines.Diagnostics;
using Coroutines.Testing;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a coroutine that is suspended tells its frames, their lines and what their variables hold; whether the
/// compiler has optimised it or not.</summary>
[TestFixture(typeof(Unoptimised::Coroutines.Tests.Suspended.Bodies))]
[TestFixture(typeof(Optimised::Coroutines.Tests.Suspended.Bodies))]
public sealed class FrameScenarios(Type bodies)
{
    private readonly Simulation simulation = new();

    private bool IsOptimised => bodies == typeof(Optimised::Coroutines.Tests.Suspended.Bodies);

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void It_stands_at_its_yield()
    {
        var frame = FrameOf("Counts", turns: 2, "word", 5);
        frame.Method.ShouldBe("Bodies.Counts");
        frame.Position.ShouldBe(FramePosition.Suspended);
        ShouldStandAt(frame, "counts");
        VariablesOf(frame).ShouldBe(["word = \"word\"", "limit = 5", "count = 1"]);
        frame.ToString().ShouldBe($"Bodies.Counts at Bodies.cs:{frame.Source!.Value.Line}");
    }

    [Test]
    public void Of_two_yields_on_one_line_it_tells_the_column()
    {
        var body = Make("TwoOnOneLine");
        var coroutine = simulation.Scheduler.Spawn(body);
        simulation.Scheduler.Turn(TimeSpan.Zero);
        var first = coroutine.Frames().ShouldHaveSingleItem();
        simulation.Scheduler.Turn(TimeSpan.Zero);
        var second = coroutine.Frames().ShouldHaveSingleItem();
        ShouldStandAt(first, "two on one");
        ShouldStandAt(second, "two on one");
        second.Source!.Value.Column.ShouldBeGreaterThan(first.Source!.Value.Column);
        VariablesOf(first).ShouldBe(["seen = 1"]);
        VariablesOf(second).ShouldBe(["seen = 2"]);
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_statement_of_several_lines_stands_at_its_first(int kind)
    {
        var coroutine = simulation.Scheduler.Spawn(Make("OverLines", kind));
        simulation.RunUntilIdle();
        ShouldStandAt(coroutine.Frames()[0], "over lines");
        simulation.Advance(TimeSpan.FromSeconds(2));
        coroutine.HasEnded.ShouldBe(kind == 0);
    }

    [Test]
    public void The_innermost_frame_comes_first_and_its_caller_stands_at_the_call()
    {
        var frames = FramesOf("Calls", turns: 1);
        frames.Select(frame => frame.Method).ShouldBe(["Bodies.Inner", "Bodies.Calls"]);
        ShouldStandAt(frames[0], "inner");
        ShouldStandAt(frames[1], "calls");
        VariablesOf(frames[0]).ShouldBe(["length = 5", "owned = {MemoryStream}"]);
        VariablesOf(frames[1]).ShouldBe(["before = \"calls\""]);
    }

    [TestCase(1, "first", "first = \"a1\"")]
    [TestCase(2, "second", "second = \"a2\"")]
    [TestCase(3, "neither", null)]
    public void A_local_never_bears_the_name_of_another(int turns, string mark, string? expected)
    {
        var frame = FrameOf("OneAfterTheOther", turns, "a");
        ShouldStandAt(frame, mark);
        var locals = VariablesOf(frame).Skip(1).ToArray(); // after the parameter
        // Optimised, the second lives in the field that is called after the first, and isn't shown.
        locals.ShouldBe(expected is null || (IsOptimised && turns == 2) ? [] : [expected]);
    }

    [Test]
    public void Optimised_code_says_that_locals_may_be_missing()
    {
        var frame = FrameOf("NeverUsedAgain", turns: 1);
        VariablesOf(frame).Length.ShouldBe(IsOptimised ? 0 : 1);
        frame.Missing.ShouldBe(IsOptimised ? "optimised: some locals may be missing" : null);
    }

    [Test]
    public void A_local_function_stands_behind_its_method_and_shows_what_it_captures()
    {
        var frame = FrameOf("WithALocalFunction", turns: 2, "hello");
        frame.Method.ShouldBe("Bodies.WithALocalFunction.Greets");
        ShouldStandAt(frame, "local function");
        VariablesOf(frame).ShouldBe(["times = 3", "greeting = \"hello\"", "said = 1"], ignoreOrder: true);
    }

    [Test]
    public void A_local_that_a_lambda_captures_is_shown()
    {
        var frame = FrameOf("WithALambda", turns: 1);
        ShouldStandAt(frame, "lambda");
        VariablesOf(frame).ShouldContain("caught = 7");
    }

    [Test]
    public void A_generic_method_of_a_generic_type_has_its_arguments()
    {
        var frame = FrameOf("OfAGenericType", turns: 1);
        frame.Method.ShouldBe("Bodies.Box<int>.Inside<string>.Fill<double>");
        ShouldStandAt(frame, "generic");
        VariablesOf(frame).ShouldBe(["key = \"x\"", "value = 2.5", "both = \"x2.5\""]);
    }

    [Test]
    public void A_method_that_implements_an_interface_has_its_own_name()
    {
        var frame = FrameOf("OfAnInterface", turns: 1);
        frame.Method.ShouldBe("Bodies.Server.Serve");
        ShouldStandAt(frame, "interface");
    }

    [Test]
    public void A_local_of_a_switch_section_is_shown()
    {
        var frame = FrameOf("InASection", turns: 1, 0);
        ShouldStandAt(frame, "section");
        VariablesOf(frame).ShouldBe(["kind = 0", "inside = \"section\""]);
    }

    [Test]
    public void One_that_has_not_begun_shows_its_parameters()
    {
        var frame = FrameOf("Counts", turns: 0, "word", 5);
        frame.Position.ShouldBe(FramePosition.NotStarted);
        frame.Source.ShouldBeNull();
        VariablesOf(frame).ShouldBe(["word = \"word\"", "limit = 5"]);
        frame.ToString().ShouldBe("Bodies.Counts, not started");
    }

    [Test]
    public void One_that_has_ended_has_no_frames() => FramesOf("Counts", turns: 9, "word", 1).ShouldBeEmpty();

    [Test]
    public void An_iterator_written_by_hand_has_a_name_and_says_why_it_has_no_line()
    {
        var frame = FrameOf("WrittenByHand", turns: 1);
        frame.Method.ShouldBe("ByHand");
        frame.Position.ShouldBe(FramePosition.Unknown);
        frame.Missing.ShouldBe("the compiler didn't make this iterator");
    }

    [Test]
    public void No_code_of_a_value_is_run()
    {
        var hostile = bodies.GetMethod("Hostile")!.Invoke(null, null);
        VariablesOf(FrameOf("Holds", turns: 1, hostile)).ShouldBe(["value = {Trap}"]);
    }

    [Test]
    public void Its_source_travels_in_the_assembly()
    {
        var document = FrameOf("Ticks", turns: 1).Source!.Value.Document;
        document.Name.ShouldBe("Bodies.cs");
        document.Path.ShouldEndWith("Bodies.cs");
        document.ReadText()!.ShouldStartWith("using System.Collections;");
    }

    private CoroutineFrame FrameOf(string method, int turns, params object?[] arguments) =>
        FramesOf(method, turns, arguments).ShouldHaveSingleItem();

    private IReadOnlyList<CoroutineFrame> FramesOf(string method, int turns, params object?[] arguments)
    {
        var coroutine = simulation.Scheduler.Spawn(Make(method, arguments));
        for (var turn = 0; turn < turns; turn++)
            simulation.Scheduler.Turn(TimeSpan.Zero);
        return coroutine.Frames();
    }

    private IEnumerator<Wait> Make(string method, params object?[] arguments) =>
        (IEnumerator<Wait>)bodies.GetMethod(method)!.Invoke(null, arguments)!;

    private static string[] VariablesOf(CoroutineFrame frame) =>
        frame.Variables.Select(variable => variable.ToString()).ToArray();

    private static void ShouldStandAt(CoroutineFrame frame, string mark)
    {
        var source = frame.Source.ShouldNotBeNull();
        var lines = source.Document.ReadText().ShouldNotBeNull().Split('\n');
        lines[source.Line - 1].TrimEnd().ShouldEndWith($"// line: {mark}");
    }
}
