using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: names that mean something else to Windows are known.</summary>
public sealed class WindowsNamesScenarios
{
    [TestCase("a.txt:stream")]
    [TestCase("a.txt::$DATA")]
    [TestCase("C:")]
    [TestCase("a.txt.")]
    [TestCase("a.txt ")]
    [TestCase("GIT~1")]
    [TestCase("a*")]
    [TestCase("a|b")]
    [TestCase("con")]
    [TestCase("CON")]
    [TestCase("nul.txt")]
    [TestCase("nul .txt")]
    [TestCase("Aux.tar.gz")]
    [TestCase("com0")]
    [TestCase("COM9.log")]
    [TestCase("lpt1")]
    [TestCase("com¹")]
    [TestCase("conin$")]
    public void A_name_with_another_meaning_is_refused(string name) => IsRefused(name).ShouldBeTrue();

    [TestCase("a.txt")]
    [TestCase("console")]
    [TestCase("icon")]
    [TestCase("com")]
    [TestCase("com10")]
    [TestCase("comx")]
    [TestCase("lpt.txt")]
    [TestCase("nully.txt")]
    [TestCase("a.con")]
    public void A_name_that_only_looks_similar_is_not(string name) => IsRefused(name).ShouldBeFalse();

    private static bool IsRefused(string name) => WindowsNames.IsRefused(Encoding.UTF8.GetBytes(name));
}
