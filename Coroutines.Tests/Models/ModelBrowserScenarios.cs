using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: a browser shows the site, whoever runs its connections.</summary>
/// <remarks>A browser opens connections that it may never use. With a server for one client at a time, one of them keeps
/// the others out until <c>--head-timeout</c> ends it.</remarks>
[Platform("Linux")]
[Parallelizable] // it waits for other processes most of the time
public sealed class ModelBrowserScenarios
{
    private static Chromium? chromium;

    [OneTimeSetUp]
    public static async Task Start() => chromium = await Chromium.Start();

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
    }

    [TestCaseSource(typeof(Model), nameof(Model.Names))]
    public async Task The_first_page_is_shown_with_its_picture(string model)
    {
        using var server = ServerProcess.Serve(Repository.Site, "--model", model, "--head-timeout", "2");
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);

        var answer = await page.GotoAsync(server.Address + "index.html");

        answer!.Status.ShouldBe(200);
        (await page.Locator("img").CountAsync()).ShouldBeGreaterThan(0);
        (await Chromium.BrokenPictures(page)).ShouldBeEmpty();
        complaints.ShouldBeEmpty();
    }
}
