using Microsoft.Playwright;

namespace ImageRec.AspNetCore.Tests.Browser;

/// <summary>The shop's page in a browser, with what went wrong in it.</summary>
internal sealed class ShopPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public ShopPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            // The browser itself reports answers such as 415; the page tells the visitor.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public ILocator Results => Page.Locator("#results .card");

    public ILocator Locator(string selector) => Page.Locator(selector);

    public ILocatorAssertions Expect(string selector) => Assertions.Expect(Page.Locator(selector));

    /// <summary>Waits for the answer to the newest question.</summary>
    public async Task<IReadOnlyList<string>> ResultNamesAsync(int count = 5)
    {
        await Assertions.Expect(Results).ToHaveCountAsync(count);
        await Expect(".found").Not.ToHaveAttributeAsync("aria-busy", "true");
        return await Page.Locator("#results .card-name").AllInnerTextsAsync();
    }

    /// <summary>Lets a file of this machine fall on the page, as from a file manager.</summary>
    public Task DropAsync(byte[] bytes, string name, string type) => TransferAsync("drop", bytes, name, type);

    /// <summary>Pastes a file.</summary>
    public Task PasteAsync(byte[] bytes, string name, string type) => TransferAsync("paste", bytes, name, type);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Equal([], _errors);
    }

    private async Task TransferAsync(string kind, byte[] bytes, string name, string type) => await Page.EvaluateAsync(
        """
        ({ kind, base64, name, type }) => {
          const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type }));
          if (kind === 'paste') { document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); return; }
          for (const step of ['dragenter', 'dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(step, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """,
        new { kind, base64 = Convert.ToBase64String(bytes), name, type });
}
