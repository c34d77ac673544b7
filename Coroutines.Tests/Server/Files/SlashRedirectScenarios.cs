using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a folder without its slash is redirected to itself, and never to another host.</summary>
public sealed class SlashRedirectScenarios
{
    [TestCase("/a", "", "/a/")]
    [TestCase("/a", "?", "/a/?")]
    [TestCase("/a", "?x=1&y=//z", "/a/?x=1&y=//z")]
    [TestCase("/%C3%a4/./b", "?%41", "/%C3%a4/./b/?%41")]
    public void Path_and_query_are_kept_as_they_came(string path, string query, string expected) =>
        WhenWritten(path, query).ShouldBe(expected);

    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("http://evil.example")]
    [TestCase("")]
    public void A_path_that_could_name_a_host_is_never_written(string path) =>
        Should.Throw<ArgumentException>(() => WhenWritten(path, ""));

    [Test]
    public void A_query_without_its_mark_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => WhenWritten("/a", "x=1"));

    [TestCase("//evil.example/..")]
    [TestCase("//evil.example/%2e%2e")]
    [TestCase("//evil.example")]
    [TestCase("/.//evil.example")]
    [TestCase("/sub/..//evil.example")]
    [TestCase("/%2fevil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("/%5cevil.example")]
    public void A_path_that_could_name_a_host_is_never_redirected(string path)
    {
        using var served = new ServedFolder();
        served.Folder.Write("sub/index.html", "");
        served.Folder.Write("evil.example/index.html", "");
        served.KindOf(path).ShouldBe(LookupKind.NotFound);
    }

    private static string WhenWritten(string path, string query)
    {
        byte[] rawPath = Encoding.UTF8.GetBytes(path);
        byte[] rawQuery = Encoding.UTF8.GetBytes(query);
        var location = new byte[SlashRedirect.LengthOf(rawPath, rawQuery)];
        SlashRedirect.Write(rawPath, rawQuery, location).ShouldBe(location.Length);
        return Encoding.UTF8.GetString(location);
    }
}
