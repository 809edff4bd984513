using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task Configure_AfterAddImageRec_HasEffect()
    {
        await using var shop = await TestShop.StartAsync(
            later: s => s.Configure<ImageRecOptions<DrawnProduct>>(o => o.Products = _ => TestShop.Listed.Take(7)));
        Assert.Equal(7, shop.Catalog.Status.Indexed);
    }

    [Fact]
    public async Task Configure_BeforeAddImageRec_HoldsUnlessAddImageRecSetsIt()
    {
        await using var shop = await TestShop.StartAsync(
            services: s => s.Configure<ImageRecOptions<DrawnProduct>>(o => o.Limits = new() { MaxCount = 3 }));
        using var response = await shop.Client.GetAsync("/visual/items?pageSize=4", TestContext.Current.CancellationToken);
        Assert.Contains("1 to 3", (await response.RefusedAsync(400, "bad-parameter")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostConfigure_HasTheLastWord()
    {
        await using var shop = await TestShop.StartAsync(later: s =>
        {
            s.PostConfigure<ImageRecOptions<DrawnProduct>>(o =>
            {
                var name = o.Name!;
                o.Name = p => $"{name(p)}!";
            });
            s.Configure<ImageRecOptions<DrawnProduct>>(o => o.Name = p => p.Sku);
        });
        var product = await shop.GetAsync<ProductView>($"/visual/items/{TestShop.Listed[0].Sku}");
        Assert.EndsWith("!", product.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_SectionBound_HasEffect()
    {
        using var folder = new TestFolder();
        var file = folder.File("bound.imagerec");
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Shop:CatalogFile"] = file,
            ["Shop:Limits:MaxCount"] = "9",
            ["Shop:Limits:ReadTimeout"] = "00:00:07",
            ["Shop:Watch"] = "false",
            ["Shop:OtherParameters:0"] = "utm_source",
        }).Build();
        await using var shop = await TestShop.StartAsync(
            later: s => s.Configure<ImageRecOptions<DrawnProduct>>(settings.GetSection("Shop")));
        Assert.True(File.Exists(file));
        Assert.Equal((9, TimeSpan.FromSeconds(7), false),
            (shop.Catalog.Options.Limits.MaxCount, shop.Catalog.Options.Limits.ReadTimeout, shop.Catalog.Options.Watch));
        Assert.Equal(TestShop.Products, (await shop.GetAsync<ProductPage>("/visual/items?UTM_SOURCE=letter&pageSize=9")).Total);
    }

    [Fact]
    public async Task Start_WithoutProducts_SaysWhatIsMissing()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestShop.StartAsync(o => (o.Products, o.Image) = (null, null)));
        Assert.Contains("AddImageRec<DrawnProduct> needs Products: set it to a function that lists the products", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("Image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NotMapped_StillChecksTheOptions()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddImageRec<DrawnProduct>(_ => { });
        await using var app = builder.Build();
        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("MaxBytes", "MaxBytes 0; it takes 1 or more")]
    [InlineData("Waiting", "Waiting -1; it takes 0 or more")]
    [InlineData("ReadTimeout", "ReadTimeout")]
    [InlineData("CatalogFile", "CatalogFile")]
    [InlineData("WatchInterval", "WatchInterval")]
    [InlineData("ReindexInterval", "ReindexInterval")]
    public async Task Start_OptionThatCannotWork_IsNamed(string option, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestShop.StartAsync(o =>
        {
            o.Limits = option switch
            {
                "MaxBytes" => new() { MaxBytes = 0 },
                "Waiting" => new() { Waiting = -1 },
                "ReadTimeout" => new() { ReadTimeout = TimeSpan.Zero },
                _ => o.Limits,
            };
            if (option == "CatalogFile")
                o.CatalogFile = " ";
            if (option == "WatchInterval")
                o.WatchInterval = TimeSpan.Zero;
            if (option == "ReindexInterval")
                o.ReindexInterval = TimeSpan.FromSeconds(-1);
        }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ManagePolicyThatTheAppLacks_IsAnErrorAtStart()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestShop.StartAsync(o => o.ManagePolicy = "nobody-knows"));
        Assert.Contains("nobody-knows", error.Message, StringComparison.Ordinal);
    }
}
