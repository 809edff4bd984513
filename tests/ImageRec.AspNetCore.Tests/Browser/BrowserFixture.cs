using Microsoft.Playwright;

namespace ImageRec.AspNetCore.Tests.Browser;

/// <summary>One shop and one browser for all tests of the page.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly TestFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ShopProcess? _shop;

    /// <summary>Where the drawn pictures of the shop lie.</summary>
    public string Drawn => Path.Combine(_folder.Path, "drawn");

    public Uri Address => _shop!.Address;

    private static string? Executable => Array.Find(s_browsers, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is null || !ShopProcess.CanStart)
            return;
        _shop = await ShopProcess.StartAsync(_folder.Path);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        using var client = new HttpClient { BaseAddress = Address };
        for (var i = 0; i < 600 && !(await client.GetStringAsync("/visual/status")).Contains("\"ready\"", StringComparison.Ordinal); i++)
            await Task.Delay(100);
    }

    /// <summary>Opens the shop's page; the test fails at its end when the page had errors.</summary>
    internal async Task<ShopPage> OpenAsync(int width = 1280, int height = 900)
    {
        ShopProcess.SkipUnlessItCanStart();
        Assert.SkipUnless(_browser is not null, $"No browser is installed: looked for {string.Join(", ", s_browsers)}.");
        var context = await _browser!.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 600,
            ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var shop = new ShopPage(context, page);
        await page.GotoAsync(Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#grid .card").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#filter-form fieldset").First).ToBeAttachedAsync();
        return shop;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_shop is not null)
            await _shop.DisposeAsync();
        _folder.Dispose();
    }
}
