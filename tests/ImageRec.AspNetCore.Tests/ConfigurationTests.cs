using DrawnProducts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task AddImageRec_SectionOfAFolder_IndexesItsPhotos()
    {
        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("a.jpg"), Pictures.Fresh(1), TestContext.Current.CancellationToken);
        var section = CatalogApp.Configuration(
            ("ImageRec:PhotosFolder", folder.Path), ("ImageRec:Watch", "False"), ("ImageRec:ReindexInterval", "01:00:00"),
            ("ImageRec:limits:maxcount", "9"), ("ImageRec:OtherParameters:0", "utm_source")).GetSection("ImageRec");
        await using var app = await CatalogApp.StartAsync(services =>
        {
            services.AddImageRec(section);
            services.Configure<ImageRecOptions<CatalogItem>>(o => o.Builder = CatalogApp.Builder);
        });
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, catalog.Engine!.Count);
        var options = catalog.Options;
        Assert.Equal((false, TimeSpan.FromHours(1), 9), (options.Watch, options.ReindexInterval, options.Limits.MaxCount));
        Assert.Contains("UTM_SOURCE", options.OtherParameters);
    }

    [Fact]
    public async Task AddImageRec_SectionsByName_EachCatalogHasItsOwn()
    {
        using var folder = new TestFolder();
        var configuration = CatalogApp.Configuration(
            ("ImageRec:Shoes:PhotosFolder", folder.File("shoes")), ("ImageRec:Hats:PhotosFolder", folder.File("hats")));
        await using var app = await CatalogApp.StartAsync(services => services
            .AddImageRec("shoes", configuration.GetSection("ImageRec:Shoes"))
            .AddImageRec("hats", configuration.GetSection("ImageRec:Hats")));
        foreach (var name in (string[])["shoes", "hats"])
        {
            var catalog = app.Services.GetRequiredKeyedService<VisualCatalog<CatalogItem>>(name);
            Assert.Equal((name, folder.File(name)), (catalog.Name, catalog.Options.PhotosFolder));
        }
    }

    [Fact]
    public async Task AddImageRec_SectionOfOwnProducts_IsReadBeforeTheCode()
    {
        var section = CatalogApp.Configuration(("Shop:Limits:MaxCount", "9"), ("Shop:WatchInterval", "00:00:30")).GetSection("Shop");
        string? seen = null;
        await using var app = await CatalogApp.StartAsync(services => services.AddImageRec<DrawnProduct>(section, o =>
        {
            CatalogApp.Over(TestShop.Listed.Take(3))(o);
            seen = $"{o.Limits.MaxCount} {o.WatchInterval}";
            o.Limits.MaxCount = 11;
        }));
        Assert.Equal("9 00:00:30", seen);
        Assert.Equal(11, app.Services.GetRequiredService<VisualCatalog<DrawnProduct>>().Options.Limits.MaxCount);
    }

    [Theory]
    [InlineData("CatalgFile", "x", "There is no option 'ImageRec:CatalgFile'. Did you mean 'CatalogFile'? There are CatalogFile, Limits, ")]
    [InlineData("Limits:MaxByte", "7", "There is no option 'ImageRec:Limits:MaxByte'. Did you mean 'MaxBytes'? There are Burst, ")]
    [InlineData("Attributes:0", "brand", "There is no option 'ImageRec:Attributes'.")]
    [InlineData("Products", "x", "'ImageRec:Products' cannot be set in the configuration; set Products in code.")]
    [InlineData("Watch", "maybe", "'ImageRec:Watch' is 'maybe'; it takes true or false.")]
    [InlineData("WatchInterval", "30", "'ImageRec:WatchInterval' is '30'; it takes a time as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("ReindexInterval", "25:99:00", "'ImageRec:ReindexInterval' is '25:99:00'; it takes a time")]
    [InlineData("Limits", "10", "'ImageRec:Limits' is '10'; it takes limits by name, such as MaxBytes.")]
    [InlineData("Limits:MaxPixels", "5e7", "'ImageRec:Limits:MaxPixels' is '5e7'; it takes a whole number.")]
    [InlineData("Limits:Burst", "99999999999", "'ImageRec:Limits:Burst' is '99999999999'; it takes a whole number.")]
    [InlineData("CatalogFile:Path", "x", "'ImageRec:CatalogFile' takes a text, not keys of its own.")]
    [InlineData("OtherParameters", "token", "'ImageRec:OtherParameters' is 'token'; it takes a list of names.")]
    [InlineData("WatchInterval", "-00:00:05", "WatchInterval -00:00:05; it takes a time above zero, up to 24 days")]
    [InlineData("WatchInterval", "30.00:00:00", "WatchInterval 30.00:00:00; it takes a time above zero, up to 24 days")]
    [InlineData("ManagePolicy", "", "ManagePolicy ''; it takes the name of a policy, or null.")]
    [InlineData("Limits:ReadTimeout", "00:00:00", "Limits.ReadTimeout 00:00:00; it takes a time above zero, up to 24 days")]
    public async Task Start_SectionThatCannotBeUsed_IsAnErrorThatQuotesIt(string key, string value, string expected)
    {
        var section = CatalogApp.Configuration(("ImageRec:PhotosFolder", "photos"), ($"ImageRec:{key}", value)).GetSection("ImageRec");
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CatalogApp.StartAsync(services => services.AddImageRec(section)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralKeysThatCannotBeUsed_AreReportedTogether()
    {
        var section = CatalogApp.Configuration(("ImageRec:Wach", "true"), ("ImageRec:Watch", "perhaps")).GetSection("ImageRec");
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CatalogApp.StartAsync(services => services.AddImageRec(section)));
        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task Start_SectionWithoutPhotosFolder_NamesTheKey()
    {
        var section = CatalogApp.Configuration().GetSection("Imagrec");
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CatalogApp.StartAsync(services => services.AddImageRec(section)));
        Assert.Contains("Imagrec:PhotosFolder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InfiniteWatchInterval_IsAllowed()
    {
        using var folder = new TestFolder();
        var section = CatalogApp.Configuration(("X:PhotosFolder", folder.Path), ("X:WatchInterval", "-00:00:00.001")).GetSection("X");
        await using var app = await CatalogApp.StartAsync(services => services.AddImageRec(section));
        Assert.Equal(Timeout.InfiniteTimeSpan, app.Services.GetRequiredService<VisualCatalog<CatalogItem>>().Options.WatchInterval);
    }
}
