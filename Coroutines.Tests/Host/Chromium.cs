using Microsoft.Playwright;

namespace Coroutines.Tests.Host;

/// <summary>A browser without a window. It takes a second to start: a fixture shares one, and has a page for each
/// scenario.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server",
    ];

    private readonly IPlaywright playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>Starts it. Where it isn't installed, the scenarios are skipped.</summary>
    public static async Task<Chromium> Start()
    {
        if (!File.Exists(Program))
            Assert.Ignore($"{Program} isn't installed: apt-get install -y chromium");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Quiet }));
    }

    /// <summary>What a page complains of, from now on: at its console, and of what it could not load.</summary>
    public static List<string> Watch(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                complaints.Add($"{response.Url}: {response.Status}");
        };
        return complaints;
    }

    /// <summary>The addresses of a page's pictures that aren't shown.</summary>
    public static Task<string[]> BrokenPictures(IPage page) =>
        page.EvaluateAsync<string[]>("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)");

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        playwright.Dispose();
    }
}
