using System.Text;
using DrawnProducts;
using Microsoft.Playwright;

namespace ImageRec.AspNetCore.Tests.Browser;

/// <summary>The sample shop's page, used as a visitor uses it.</summary>
public sealed class ShopPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly byte[] s_dress = ProductDrawing.Draw(ProductKind.Dress, Palette.All[3], Pattern.Dots, 12345);

    [Fact]
    public async Task Choose_Picture_ShowsFiveWithScoreAndCategory_AndFiveMore()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Page.SetInputFilesAsync("#file", new FilePayload { Name = "dress.jpg", MimeType = "image/jpeg", Buffer = s_dress });
        await shop.ResultNamesAsync();
        await Assertions.Expect(shop.Results.First.Locator(".card-score")).ToContainTextAsync("0.");
        await Assertions.Expect(shop.Results.First.Locator(".card-line")).Not.ToBeEmptyAsync();
        await shop.Expect("#crop-image").ToBeVisibleAsync();
        await shop.Locator("#more-results").ClickAsync();
        await shop.ResultNamesAsync(10);
    }

    [Fact]
    public async Task Drop_Picture_ShowsFive()
    {
        await using var shop = await browser.OpenAsync();
        await shop.DropAsync(s_dress, "dress.jpg", "image/jpeg");
        await shop.ResultNamesAsync();
        await shop.Expect("#drop").ToBeHiddenAsync();
    }

    [Fact]
    public async Task Paste_Picture_ShowsFive()
    {
        await using var shop = await browser.OpenAsync();
        await shop.PasteAsync(s_dress, "image.png", "image/png");
        await shop.ResultNamesAsync();
    }

    [Fact]
    public async Task Crop_ByDrag_SearchesWithThePart_AndWholePictureTakesItBack()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Page.SetInputFilesAsync("#file", new FilePayload { Name = "dress.jpg", MimeType = "image/jpeg", Buffer = s_dress });
        await shop.ResultNamesAsync();
        var box = (await shop.Locator("#crop").BoundingBoxAsync())!;
        var answered = shop.Page.WaitForResponseAsync(r => r.Url.Contains("/recommendations?", StringComparison.Ordinal));
        var named = shop.Page.WaitForRequestAsync(r => r.Url.Contains("/recommendations?", StringComparison.Ordinal));
        await shop.Page.Mouse.MoveAsync(box.X + box.Width * 0.3f, box.Y + box.Height * 0.5f);
        await shop.Page.Mouse.DownAsync();
        await shop.Page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + box.Height * 0.8f, new() { Steps = 4 });
        await shop.Page.Mouse.UpAsync();
        Assert.Equal(200, (await answered).Status);
        // The picture as it was given, and which part of it.
        Assert.Matches("region=0\\.[0-9.,]+$", Uri.UnescapeDataString((await named).Url));
        Assert.Equal($"{s_dress.Length}", await (await named).HeaderValueAsync("content-length"));
        await shop.Expect("#crop-box").ToBeVisibleAsync();
        var veil = (await shop.Locator("#crop-box").BoundingBoxAsync())!;
        Assert.InRange(veil.Width, box.Width * 0.27f, box.Width * 0.33f);
        await shop.ResultNamesAsync();
        await shop.Locator("#crop-whole").ClickAsync();
        await shop.Expect("#crop-box").ToBeHiddenAsync();
        await shop.ResultNamesAsync();
    }

    [Fact]
    public async Task Filter_Category_AppliesToGridAndAnswers()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("#grid .card-main").First.ClickAsync();
        await shop.ResultNamesAsync();
        await shop.Locator("input[name=category][value=Mug]").CheckAsync();
        await shop.Expect("#shelf-note").ToHaveTextAsync("20 products");
        await Assertions.Expect(shop.Locator("#results .card-name").First).ToContainTextAsync("mug");
        Assert.All(await shop.ResultNamesAsync(), name => Assert.EndsWith("mug", name, StringComparison.Ordinal));
        await shop.Page.GetByLabel("In stock only").CheckAsync();
        await shop.Page.GetByLabel("Price to").FillAsync("15");
        await shop.Expect("#filters-count").ToHaveTextAsync("3");
        await shop.Locator("#filters-clear").ClickAsync();
        await shop.Expect("#shelf-note").ToHaveTextAsync("240 products");
    }

    [Fact]
    public async Task MinScore_High_SaysThatNothingMatches()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("input[name=category][value=Mug]").CheckAsync();
        await shop.Page.SetInputFilesAsync("#file", new FilePayload { Name = "dress.jpg", MimeType = "image/jpeg", Buffer = s_dress });
        await shop.ResultNamesAsync();
        await shop.Locator("#min-score").FillAsync("0.95");
        await shop.Expect("#min-score-text").ToHaveTextAsync("0.95");
        await shop.Expect("#found-note").ToContainTextAsync("product");
    }

    [Fact]
    public async Task Diversity_Slider_ChangesTheAnswers()
    {
        await using var shop = await browser.OpenAsync();
        await shop.DropAsync(s_dress, "dress.jpg", "image/jpeg");
        var similar = await shop.ResultNamesAsync();
        await shop.Locator("#diversity").FillAsync("0.9");
        await shop.Expect("#found-title").ToHaveTextAsync("Similar, and varied");
        Assert.NotEqual(similar, await shop.ResultNamesAsync());
    }

    [Fact]
    public async Task LikeAndDislike_RefineTheAnswers()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("#grid .card-main").Nth(4).ClickAsync();
        var before = await shop.ResultNamesAsync();
        await shop.Results.Nth(0).HoverAsync();
        await shop.Results.Nth(0).Locator("[data-vote=like]").ClickAsync();
        await shop.Expect("#asked-title").ToHaveTextAsync("Your taste");
        await shop.Expect("#taste .chip").ToHaveCountAsync(1);
        var after = await shop.ResultNamesAsync();
        Assert.NotEqual(before, after);
        await shop.Results.Nth(1).HoverAsync();
        await shop.Results.Nth(1).Locator("[data-vote=dislike]").ClickAsync();
        await shop.Expect("#taste .chip").ToHaveCountAsync(2);
        Assert.DoesNotContain(after[1], await shop.ResultNamesAsync());
        await shop.Page.GetByText("Start over").ClickAsync();
        await shop.Expect("#answer").ToBeHiddenAsync();
    }

    [Fact]
    public async Task Groups_Browse_ShowsMembersAndComesBack()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("#tab-groups").ClickAsync();
        await Assertions.Expect(shop.Locator(".group").First).ToBeVisibleAsync();
        await shop.Locator(".group").First.ClickAsync();
        await Assertions.Expect(shop.Locator("#group-grid .card").First).ToBeVisibleAsync();
        await shop.Locator("#group-grid .card-main").First.ClickAsync();
        await shop.ResultNamesAsync();
        await shop.Locator("#group-back").ClickAsync();
        await Assertions.Expect(shop.Locator(".group").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_ByName_FindsAndSaysWhenNothingMatches()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("#search").FillAsync("teal lamp");
        await Assertions.Expect(shop.Locator("#grid .card-name").First).ToContainTextAsync("teal lamp", new() { IgnoreCase = true });
        await shop.Locator("#search").FillAsync("submarine");
        await shop.Expect("#grid .empty").ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("not a picture", "notes.txt", "This is not a picture", "text")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>document.title='owned'</script></svg", "x.svg",
        "This is not a picture", "SVG")]
    public async Task Drop_NotAPicture_SaysWhatItIs(string content, string name, string title, string detail)
    {
        await using var shop = await browser.OpenAsync();
        await shop.DropAsync(Encoding.UTF8.GetBytes(content), name, "image/png");
        await shop.Expect(".error").ToContainTextAsync(title);
        await shop.Expect(".error").ToContainTextAsync(detail);
        await shop.Expect("#ask").ToBeVisibleAsync();
        Assert.StartsWith("Lookalike", await shop.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_TooLargeFile_SaysHowLargeItMayBe()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Page.SetInputFilesAsync(
            "#file", new FilePayload { Name = "big.jpg", MimeType = "image/jpeg", Buffer = new byte[11 * 1024 * 1024] });
        await shop.Expect(".error").ToContainTextAsync("10 MB");
    }

    [Fact]
    public async Task Search_ServerAway_SaysSoAndTriesAgain()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Page.RouteAsync("**/visual/recommendations/**", route => route.AbortAsync());
        await shop.Locator("#grid .card-main").First.ClickAsync();
        await shop.Expect(".error").ToContainTextAsync("cannot be reached");
        await shop.Page.UnrouteAllAsync();
        await shop.Locator(".error button").ClickAsync();
        await shop.ResultNamesAsync();
        await shop.Expect(".error").ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PhoneWidth_EverythingFitsAndWorks()
    {
        await using var shop = await browser.OpenAsync(390, 844);
        await FitsAsync();
        await shop.DropAsync(s_dress, "dress.jpg", "image/jpeg");
        await shop.ResultNamesAsync();
        await FitsAsync();
        await shop.Locator("#close").ClickAsync();
        await shop.Locator("#filters-fold > summary").ClickAsync();
        await shop.Locator("input[name=category][value=Boot]").CheckAsync();
        await shop.Expect("#shelf-note").ToHaveTextAsync("20 products");
        await shop.Locator("#tab-groups").ClickAsync();
        await Assertions.Expect(shop.Locator(".group").First).ToBeVisibleAsync();
        await FitsAsync();

        async Task FitsAsync() => Assert.Equal(390, await shop.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task KeyboardOnly_SearchesLikesAndBrowses()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Page.Keyboard.PressAsync("Tab");
        await shop.Expect(".skip").ToBeFocusedAsync();
        await shop.Page.Keyboard.PressAsync("Enter");
        await shop.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(shop.Locator("#grid .card-main").First).ToBeFocusedAsync();
        await shop.Page.Keyboard.PressAsync("Tab");
        await shop.Page.Keyboard.PressAsync("Space");
        await shop.Expect("#asked-title").ToHaveTextAsync("Your taste");
        await shop.ResultNamesAsync();
        await shop.Expect("#found-title").ToBeFocusedAsync();
        await shop.Page.Keyboard.PressAsync("Tab");
        await shop.Page.Keyboard.PressAsync("Enter");
        await shop.Expect("#asked-title").ToHaveTextAsync("More like this");
        await shop.ResultNamesAsync();
        await shop.Locator("#tab-products").FocusAsync();
        await shop.Page.Keyboard.PressAsync("ArrowRight");
        await shop.Expect("#tab-groups").ToBeFocusedAsync();
        await Assertions.Expect(shop.Locator(".group").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Crop_ByKeyboard_MovesAndResizes()
    {
        await using var shop = await browser.OpenAsync();
        await shop.DropAsync(s_dress, "dress.jpg", "image/jpeg");
        await shop.ResultNamesAsync();
        await shop.Locator("#crop-start").FocusAsync();
        await shop.Page.Keyboard.PressAsync("Enter");
        await shop.Expect("#crop-box").ToBeFocusedAsync();
        var before = (await shop.Locator("#crop-box").BoundingBoxAsync())!;
        await shop.Page.Keyboard.PressAsync("ArrowRight");
        await shop.Page.Keyboard.PressAsync("Shift+ArrowDown");
        var after = (await shop.Locator("#crop-box").BoundingBoxAsync())!;
        Assert.True(after.X > before.X && after.Height > before.Height && Math.Abs(after.Width - before.Width) < 1);
        await shop.Page.Keyboard.PressAsync("Escape");
        await shop.Expect("#crop-box").ToBeHiddenAsync();
        await shop.ResultNamesAsync();
    }

    [Fact]
    public async Task Theme_Button_SwitchesAndIsKept()
    {
        await using var shop = await browser.OpenAsync();
        await shop.Locator("#theme").ClickAsync();
        await shop.Expect("html").ToHaveAttributeAsync("data-theme", "dark");
        await shop.Page.ReloadAsync();
        await shop.Expect("html").ToHaveAttributeAsync("data-theme", "dark");
    }

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    public async Task Accessibility_NamesRolesAndContrast_AreFine(int width, string theme)
    {
        await using var shop = await browser.OpenAsync(width, 844);
        await shop.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme }", theme);
        Assert.Empty(await AccessibilityCheck.RunAsync(shop.Page));
        await shop.DropAsync(s_dress, "dress.jpg", "image/jpeg");
        await shop.ResultNamesAsync();
        Assert.Empty(await AccessibilityCheck.RunAsync(shop.Page));
        await shop.Locator("#tab-groups").ClickAsync();
        await Assertions.Expect(shop.Locator(".group").First).ToBeVisibleAsync();
        Assert.Empty(await AccessibilityCheck.RunAsync(shop.Page));
    }

    [Fact]
    public async Task Page_LoadsNothingFromElsewhere_AndForbidsIt()
    {
        await using var shop = await browser.OpenAsync();
        var foreign = new List<string>();
        shop.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(browser.Address.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                foreign.Add(request.Url);
        };
        var response = await shop.Page.ReloadAsync();
        await Assertions.Expect(shop.Locator("#grid .card").First).ToBeVisibleAsync();
        Assert.Equal([], foreign);
        Assert.Contains("default-src 'none'", response!.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", response.Headers["content-security-policy"], StringComparison.Ordinal);
    }
}
