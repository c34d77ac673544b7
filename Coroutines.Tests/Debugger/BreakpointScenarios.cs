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
    [TestCase("local:sent<-1.5")]
    [TestCase("local:name=a b")]
    public void What_says_where_is_read(string text) => Breakpoint.Parse($" {text} ")!.Text.ShouldBe(text);

    [TestCase("")]
    [TestCase("co=")]
    [TestCase("co=x")]
    [TestCase("co=99999999999")]
    [TestCase("co=٣")] // a digit, but none that C# reads
    [TestCase("line=Echo.cs:٣")]
    [TestCase("line=Echo.cs:-1")]
    [TestCase("local:sent>x")] // which nothing ever is
    [TestCase("local:sent>")]
    [TestCase("local:sent>1.2.3")]
    [TestCase("local:sent>100000000000000000000000000000")] // more than a decimal holds
    [TestCase("fd=-1")]
    [TestCase("url~")]
    [TestCase("line=Echo.cs")]
    [TestCase("event=later")]
    [TestCase("local:sent")]
    [TestCase("nonsense")]
    public void What_says_nothing_is_refused(string text) => Breakpoint.Parse(text).ShouldBeNull();

    [Test]
    public void One_is_no_longer_than_a_target_may_be()
    {
        var longest = "url~".PadRight(Breakpoint.MaxLength, 'x');
        Breakpoint.Parse(longest).ShouldNotBeNull();
        Breakpoint.Parse(longest + "x").ShouldBeNull();
    }

    [Test]
    public void There_are_so_many_and_no_more()
    {
        var breakpoints = new Breakpoints();
        for (var number = 0; number < Breakpoints.MaxCount; number++)
            breakpoints.Add(Breakpoint.Parse($"co={number}")!).ShouldBeTrue();
        breakpoints.Add(Breakpoint.Parse("fd=9")!).ShouldBeFalse();
        breakpoints.Add(Breakpoint.Parse("co=1")!).ShouldBeTrue(); // which is there already
    }
}
