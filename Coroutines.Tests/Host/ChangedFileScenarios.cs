using System.Diagnostics;
using System.Text;

namespace Coroutines.Tests.Host;

/// <summary>Feature: a file that changes is served anew, without a restart.</summary>
public sealed class ChangedFileScenarios : IDisposable
{
    // It looks again after a second; the rest is for a busy machine.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly SiteFolder folder = new();
    private readonly ServerProcess server;
    private readonly WireClient client;

    public ChangedFileScenarios()
    {
        folder.WriteText("page.html", "before");
        server = ServerProcess.Serve(folder.Path);
        client = server.Connect();
        Ask().Content.ShouldBe("before"u8.ToArray());
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void New_content_is_served()
    {
        folder.WriteText("page.html", "after it");

        ThenSoon(answer => Encoding.UTF8.GetString(answer.Content) == "after it");
    }

    [Test]
    public void New_content_of_the_same_length_is_served()
    {
        folder.WriteText("page.html", "behind");

        ThenSoon(answer => Encoding.UTF8.GetString(answer.Content) == "behind");
    }

    [Test]
    public void A_file_that_is_gone_is_not_found()
    {
        File.Delete(folder.PathOf("page.html"));

        ThenSoon(answer => answer.Status == 404);
    }

    private Answer Ask()
    {
        client.Get("/page.html");
        return client.ReceiveAnswer();
    }

    private void ThenSoon(Func<Answer, bool> isRight)
    {
        var changed = Stopwatch.GetTimestamp();
        while (!isRight(Ask()))
            Stopwatch.GetElapsedTime(changed).ShouldBeLessThan(Soon);
    }
}
