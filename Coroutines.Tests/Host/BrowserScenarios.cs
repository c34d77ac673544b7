using Coroutines.Tests.Docs;
using Microsoft.Playwright;

namespace Coroutines.Tests.Host;

/// <summary>Feature: a browser shows the site as it was meant, at any width and in either scheme.</summary>
/// <remarks>The pictures that it takes stay in the work folder of the test run, for whoever wants to look.</remarks>
[Parallelizable] // it waits for other processes most of the time
public sealed class BrowserScenarios
{
    private static Chromium? chromium;
    private static ServerProcess? server;

    private static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.Site, "*.html").Select(path => Path.GetFileName(path)).Order();

    [OneTimeSetUp]
    public static async Task Start()
    {
        chromium = await Chromium.Start();
        server = ServerProcess.Serve(Repository.Site);
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        server?.Dispose();
    }

    [TestCaseSource(nameof(Pages))]
    public async Task A_page_loads_whole_and_without_complaint(string name)
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);

        var answer = await page.GotoAsync(server!.Address + name);

        answer!.Status.ShouldBe(200);
        (await page.TitleAsync()).ShouldNotBeNullOrWhiteSpace();
        (await page.Locator("img").CountAsync()).ShouldBeGreaterThan(0);
        (await Chromium.BrokenPictures(page)).ShouldBeEmpty();
        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_page_fits_any_width_in_either_scheme(
        [ValueSource(nameof(Pages))] string name,
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme
    )
    {
        await using var context = await chromium!.Browser.NewContextAsync(new() { ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);

        await page.GotoAsync(server!.Address + name);

        IsDark(await Background(page)).ShouldBe(scheme == ColorScheme.Dark);
        foreach (var width in new[] { 360, 1600 })
        {
            await page.SetViewportSizeAsync(width, 800);
            var content = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            content.ShouldBeLessThanOrEqualTo(width);
            await TakePicture(page, $"{name}-{width}-{scheme}.png");
        }
        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_page_that_is_missing_says_so()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();

        var answer = await page.GotoAsync(server!.Address + "missing.html");

        answer!.Status.ShouldBe(404);
        (await page.TitleAsync()).ShouldBe("404 Not Found");
    }

    [Test]
    public async Task A_page_that_is_loaded_again_comes_from_the_browsers_cache()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server!.Address + "index.html");
        var complaints = Chromium.Watch(page);

        var answer = await page.ReloadAsync();

        answer!.Status.ShouldBeOneOf(200, 304); // the browser shows a validated copy as either
        (await Chromium.BrokenPictures(page)).ShouldBeEmpty();
        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_script_gets_a_part_of_a_picture()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server!.Address + "index.html");
        var whole = await File.ReadAllBytesAsync(Path.Combine(Repository.Site, "favicon.svg"));

        (await StatusOfFetch(page, "favicon.svg", "{headers: {Range: 'bytes=10-19'}}")).ShouldBe(206);
        var part = await page.EvaluateAsync<string>(
            "fetch('favicon.svg', {headers: {Range: 'bytes=10-19'}}).then(answer => answer.text())"
        );
        part.ShouldBe(System.Text.Encoding.UTF8.GetString(whole, 10, 10));
    }

    [Test]
    public async Task A_script_is_told_what_it_may_not_have()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server!.Address + "index.html");

        (await StatusOfFetch(page, "index.html", "{method: 'POST', body: 'x'.repeat(100000)}")).ShouldBe(405);
        (await StatusOfFetch(page, "index.html", "{method: 'POST', body: 'x'.repeat(5000000)}")).ShouldBe(413);
        (await StatusOfFetch(page, new string('x', 9_000), "{}")).ShouldBe(414);
        (await StatusOfFetch(page, "index.html", "{headers: {'X-Wordy': 'x'.repeat(40000)}}")).ShouldBe(431);
        (await StatusOfFetch(page, "index.html", "{headers: {Range: 'bytes=99999999-'}}")).ShouldBe(416);
        (await StatusOfFetch(page, "index.html", "{}")).ShouldBe(200);
    }

    private static Task<int> StatusOfFetch(IPage page, string path, string options) =>
        page.EvaluateAsync<int>(
            $"fetch('{path}', Object.assign({{cache: 'no-store'}}, {options})).then(answer => answer.status)"
        );

    private static async Task TakePicture(IPage page, string name)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", name);
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
    }

    private static Task<int[]> Background(IPage page) =>
        page.EvaluateAsync<int[]>(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
        );

    private static bool IsDark(int[] colour) => colour.Sum() < 3 * 128;
}
