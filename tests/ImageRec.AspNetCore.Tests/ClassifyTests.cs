using System.Net.Http.Json;
using ImageRec.AspNetCore.Contracts;

namespace ImageRec.AspNetCore.Tests;

public sealed class ClassifyTests
{
    [Fact]
    public async Task Post_Picture_ReturnsCategoriesMostProbableFirst()
    {
        await using var shop = await TestShop.StartAsync(o =>
        {
            var plain = o.Builder;
            (o.Products, o.Builder) = (_ => TestShop.Many, () => plain().LearnCategories());
        });
        using var content = TestShop.Raw(Pictures.Draw(TestShop.Many[9]), "image/jpeg");
        using var response = await shop.Client.PostAsync("/visual/classifications?count=3", content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var found = (await response.Content.ReadFromJsonAsync<List<Classification>>(TestContext.Current.CancellationToken))!;
        Assert.Equal(3, found.Count);
        Assert.Equal(found.Select(c => c.Confidence).OrderDescending(), found.Select(c => c.Confidence));
        Assert.Equal(TestShop.Many[9].Category, found[0].Category);
    }

    [Fact]
    public async Task Post_NothingLearned_SaysHowToLearn()
    {
        await using var shop = await TestShop.StartAsync();
        using var content = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        using var response = await shop.Client.PostAsync("/visual/classifications", content, TestContext.Current.CancellationToken);
        Assert.Contains("LearnCategories", (await response.RefusedAsync(501, "no-classifier")).Detail, StringComparison.Ordinal);
    }
}
