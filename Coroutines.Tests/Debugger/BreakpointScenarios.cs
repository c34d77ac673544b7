using global::Server.Host.Debugger;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: where to stop is said in one line.</summary>
public sealed class BreakpointScenarios
{
    [TestCase("co=6")]
    [TestCase("fd=9")]
    [TestCase("url~/big")]
    [TestCase("line=Echo.cs:48")]
    [TestCase("event=partial-send")]
    [TestCase("event=failed")]
    [TestCase("local:sent>100")]
    [TestCase("local:name=a b")]
    public void What_says_where_is_read(string text) => Breakpoint.Parse($" {text} ")!.Text.ShouldBe(text);

    [TestCase("")]
    [TestCase("co=")]
    [TestCase("co=x")]
    [TestCase("co=99999999999")]
    [TestCase("fd=-1")]
    [TestCase("url~")]
    [TestCase("line=Echo.cs")]
    [TestCase("event=later")]
    [TestCase("local:sent")]
    [TestCase("nonsense")]
    public void What_says_nothing_is_refused(string text) => Breakpoint.Parse(text).ShouldBeNull();
}
