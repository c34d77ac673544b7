using Coroutines.Tests.Docs;
using PublicApiGenerator;

namespace Coroutines.Tests.Surface;

/// <summary>Feature: what the library offers to others changes only by intent.</summary>
/// <remarks>A change shows in the approved file, and so in the commit that makes it.</remarks>
public sealed class SurfaceScenarios
{
    private const string Approved = "Coroutines.Tests/Surface/Coroutines.approved.txt";
    private const string Received = "Coroutines.Tests/Surface/Coroutines.received.txt";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        // What the compiler writes for itself, and what says how a type is shown, and stepped through, in a debugger.
        ExcludeAttributes =
        [
            "System.Diagnostics.DebuggerDisplayAttribute",
            "System.Diagnostics.DebuggerNonUserCodeAttribute",
            "System.Diagnostics.DebuggerStepperBoundaryAttribute",
            "System.Runtime.CompilerServices.RefSafetyRulesAttribute",
        ],
    };

    [Test]
    public void The_public_surface_is_the_approved_one()
    {
        var received = Text(typeof(Scheduler).Assembly.GeneratePublicApi(Options));
        var approved = File.Exists(PathOf(Approved)) ? Text(File.ReadAllText(PathOf(Approved))) : "";
        if (received == approved)
            return;
        File.WriteAllText(PathOf(Received), received);
        Assert.Fail(
            $"""
            The public surface has changed:
            {string.Join('\n', LineChanges.Between(approved.Split('\n'), received.Split('\n')))}
            If that is meant, approve it: mv {Received} {Approved}
            """
        );
    }

    [Test]
    public void A_change_is_told_line_by_line_below_the_line_that_it_follows() =>
        LineChanges
            .Between(["class A", "int Old()", "int Same()", "gone"], ["class A", "int New()", "int Same()"])
            .ShouldBe(["  class A", "- int Old()", "+ int New()", "  int Same()", "- gone"]);

    [Test]
    public void What_is_equal_is_not_told() => LineChanges.Between(["one", "two"], ["one", "two"]).ShouldBeEmpty();

    private static string Text(string surface) => surface.ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static string PathOf(string file) => Path.Combine(Repository.Root, file);
}
