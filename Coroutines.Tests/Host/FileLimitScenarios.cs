using global::Server.Host.Models;

namespace Coroutines.Tests.Host;

/// <summary>Feature: where no file may become larger than a limit (<c>ulimit -f</c>), that costs lines and copies, and no
/// answers. Beyond it the kernel sends a signal, which ends a process that doesn't ignore it.</summary>
[Platform("Linux")]
[Parallelizable] // it waits for another process most of the time
public sealed class FileLimitScenarios : IDisposable
{
    private const int KibiBytes = 1;

    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(Model.Coroutines)]
    [TestCase(Model.Processes)]
    public void An_access_log_that_has_reached_it_costs_nobody_an_answer(string model)
    {
        var log = folder.PathOf("access.log");
        using var server = ServerProcess.ServeWithinFiles(
            KibiBytes,
            folder.Path,
            "--model",
            model,
            "--access-log",
            log
        );
        for (var asked = 0; asked < 10; asked++)
        {
            using var client = server.Connect();
            client.Get($"/?{new string('a', 200)}");
            client.ReceiveAnswer().Status.ShouldBe(404);
        }
        server.Stop().ShouldBe(0, server.Errors.ToString());
        new FileInfo(log).Length.ShouldBe(KibiBytes * 1_024);
        server.Errors.ToString().ShouldContain("The access log can't be written, lines are lost: ");
    }

    [Test]
    public void A_large_file_is_sent_without_a_copy_of_it_in_memory()
    {
        var older = new FileInfo(typeof(Uri).Assembly.Location); // what was written just now isn't copied
        var content = File.ReadAllBytes(older.FullName);
        using var server = ServerProcess.ServeWithinFiles(KibiBytes, older.DirectoryName!);
        using var client = server.Connect();
        for (var asked = 0; asked < 3; asked++)
        {
            client.Get("/" + older.Name);
            client.ReceiveAnswer().Content.ShouldBeBytes(content);
        }
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }
}
