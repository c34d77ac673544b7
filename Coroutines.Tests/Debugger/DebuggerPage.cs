using System.Globalization;
using System.Text.RegularExpressions;
using Coroutines.Tests.Host;
using Microsoft.Playwright;

namespace Coroutines.Tests.Debugger;

/// <summary>The debugger's page in a browser, as somebody uses it: by the names of its regions and buttons, and by its keys.
/// </summary>
internal sealed partial class DebuggerPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private DebuggerPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        Complaints = Chromium.Watch(page);
    }

    public IPage Page { get; }

    /// <summary>What it has complained of.</summary>
    public List<string> Complaints { get; }

    /// <summary>Opens it, and waits until it shows something.</summary>
    public static async Task<DebuggerPage> Open(
        Chromium chromium,
        Uri address,
        BrowserNewContextOptions? options = null
    )
    {
        var context = await chromium.Browser.NewContextAsync(
            options
                ?? new()
                {
                    ViewportSize = new() { Width = 1280, Height = 800 },
                }
        );
        var opened = new DebuggerPage(context, await context.NewPageAsync());
        await opened.Page.GotoAsync(address.AbsoluteUri);
        await opened.Mode("paused", "running", "stepping", "recorded");
        return opened;
    }

    public ILocator Region(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string name) => Page.GetByLabel(name);

    /// <summary>Waits until a region has some text.</summary>
    public Task Shows(string region, string text) => Region(region).GetByText(text).First.WaitForAsync();

    public Task Press(params string[] keys) => InTurn(keys, key => Page.Keyboard.PressAsync(key));

    /// <summary>Waits until it is in one of some modes, and says in which.</summary>
    public async Task<string> Mode(params string[] modes)
    {
        var mode = Page.Locator(string.Join(", ", modes.Select(one => $"#mode[data-mode={one}]")));
        await mode.WaitForAsync();
        return await mode.InnerTextAsync();
    }

    /// <summary>The number of the moment that is shown.</summary>
    public async Task<int> Moment()
    {
        var place = await Page.Locator("#place:has-text('moment')").InnerTextAsync(); // the first may be yet to come
        return int.Parse(Number().Match(place).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a later moment is shown.</summary>
    public async Task MomentAfter(int number) =>
        await Page.WaitForFunctionAsync(
            @"n => Number(/moment (\d+)/.exec(document.querySelector('#place').textContent)?.[1]) > n",
            number
        );

    /// <summary>Steps once, by its button, and waits until it stands still again.</summary>
    public async Task Step()
    {
        var before = await Moment();
        await Button("Step").ClickAsync();
        await Page.WaitForFunctionAsync(
            "n => document.querySelector('#mode').dataset.mode === 'paused' && document.querySelector('#place').textContent.includes('moment ') && !document.querySelector('#place').textContent.includes(`moment ${n} of ${n} `)",
            before
        );
    }

    /// <summary>Steps until a region has some text, within a number of steps.</summary>
    public async Task StepUntil(string region, string text, int maxSteps = 60)
    {
        for (var steps = 0; steps < maxSteps; steps++)
        {
            if ((await Region(region).InnerTextAsync()).Contains(text, StringComparison.Ordinal))
                return;
            await Step();
        }
        throw new TimeoutException(
            $"'{text}' was not in {region} within {maxSteps} steps, but:\n{await Region(region).InnerTextAsync()}"
        );
    }

    public async Task TakePicture(string name)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", name);
        await Page.ScreenshotAsync(new() { Path = path, FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static async Task InTurn(string[] all, Func<string, Task> act)
    {
        foreach (var one in all)
            await act(one);
    }

    [GeneratedRegex(@"moment (\d+) of")]
    private static partial Regex Number();
}
