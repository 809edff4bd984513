using System.Net;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;

namespace ImageRec.AspNetCore.Tests;

public sealed class QueryTests
{
    private static readonly DateTimeOffset s_first = new(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("items?kategory=hat", "category")]
    [InlineData("items?catagory=hat", "category")]
    [InlineData("items?prise=3", "price")]
    [InlineData("items?instock=true&colour=Red", "color")]
    [InlineData("recommendations/{id}?kount=3", "count")]
    [InlineData("recommendations/{id}?page=3", "count")]
    [InlineData("clusters/0?page-size=3", "pageSize")]
    [InlineData("clusters?category=Boot", "no parameters")]
    [InlineData("facets?category=Boot", "no parameters")]
    [InlineData("items/{id}?fields=name", "no parameters")]
    [InlineData("status?verbose", "no parameters")]
    [InlineData("items?=x", "''")]
    public async Task Get_UnknownParameter_IsRefusedByNameWithTheNearest(string address, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync(
            $"/visual/{address.Replace("{id}", TestShop.Listed[0].Sku, StringComparison.Ordinal)}", TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-parameter")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recommendations?categroy=hat", "category")]
    [InlineData("recommendations/like?brnd=x", "There are")]
    [InlineData("classifications?cuont=2", "count")]
    public async Task Post_UnknownParameter_IsRefusedBeforeTheBodyIsRead(string address, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var content = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        using var response = await shop.Client.PostAsync($"/visual/{address}", content, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-parameter")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Thumbnail_TakesAVersionInItsAddress()
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync(
            $"/visual/thumbnails/160/{TestShop.Listed[0].Sku}?v=7", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("page=1&page=2", "page was given 2 times")]
    [InlineData("search=a&search=b", "search was given 2 times")]
    public async Task Get_SingleValueTwice_IsRefused(string query, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync($"/visual/items?{query}", TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-parameter")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EmptyValues_AreAsIfNotGiven()
    {
        await using var shop = await TestShop.StartAsync();
        Assert.Equal(TestShop.Products, (await shop.GetAsync<ProductPage>("/visual/items?category=&price=&search=&page=&inStock=")).Total);
    }

    [Theory]
    [InlineData("price=2.5", "2.50")]
    [InlineData("price=02.500", "2.50")]
    [InlineData("price=25e-1", "2.50")]
    [InlineData("price=2.5&price=10", "2.50 10")]
    [InlineData("price=2..3&price=9..11", "2.50 10")]
    [InlineData("price=..2.5", "2.50")]
    [InlineData("price=100..", "1234.56")]
    [InlineData("price=..", "2.50 10 1234.56")]
    [InlineData("weight=0.1", "2.50")]
    [InlineData("weight=0.1..0.1", "2.50")]
    [InlineData("stock=9007199254740993", "1234.56")]
    [InlineData("stock=9007199254740992", "")]
    [InlineData("fit=m", "2.50")]
    [InlineData("fit=42.0", "10")]
    [InlineData("fresh=True", "2.50 1234.56")]
    [InlineData("fresh=0", "10")]
    [InlineData("pattern=plain", "2.50")]
    [InlineData("pattern=STRIPES&pattern=dots", "10 1234.56")]
    [InlineData("made=2026-03-01", "2.50")]
    [InlineData("made=2026-03", "2.50 10")]
    [InlineData("made=2026-03-02..", "10 1234.56")]
    [InlineData("made=..2026-03-15", "2.50 10")]
    [InlineData("made=2026-03-01T09:30", "2.50")]
    [InlineData("made=2026-03-01T07:30Z", "2.50")]
    [InlineData("made=2026-03-01T09:30Z", "")]
    [InlineData("day=2026-03-15..2026-04-01", "10 1234.56")]
    public async Task Get_AttributeFilter_ComparesValuesNotTexts(string query, string prices)
    {
        await using var shop = await TestShop.StartAsync(Sorts);
        var found = await shop.GetAsync<ProductPage>($"/visual/items?{query}");
        Assert.Equal(prices.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Products.Select(p => p.Name));
    }

    [Theory]
    [InlineData("price=cheap", "a number such as 2.5")]
    [InlineData("price=2,5", "a number such as 2.5")]
    [InlineData("price=10..many", "10..50")]
    [InlineData("price=NaN", "a number such as 2.5")]
    [InlineData("fresh=perhaps", "true or false")]
    [InlineData("pattern=plane", "Plain")]
    [InlineData("pattern=99", "Plain")]
    [InlineData("made=01.03.2026", "2026-03-01")]
    [InlineData("day=yesterday", "2026-03-01")]
    public async Task Get_AttributeOfAnotherSort_IsRefusedByNameWithAnExample(string query, string expected)
    {
        await using var shop = await TestShop.StartAsync(Sorts);
        using var response = await shop.Client.GetAsync($"/visual/items?{query}", TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-parameter")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NumbersThatJsonLacks_AreShownAsUnknown()
    {
        await using var shop = await TestShop.StartAsync(
            o => o.Attribute("ratio", p => p.Sku == TestShop.Listed[0].Sku ? double.NaN : double.PositiveInfinity));
        Assert.Null((await shop.GetAsync<ProductView>($"/visual/items/{TestShop.Listed[0].Sku}")).Attributes["ratio"]);
        Assert.Null((await shop.GetAsync<Facets>("/visual/facets")).Attributes.Single(a => a.Name == "ratio").Least);
        Assert.Equal(0, (await shop.GetAsync<ProductPage>("/visual/items?ratio=1..")).Total);
    }

    [Fact]
    public async Task Get_SelectorsThatThrowForOneProduct_AnswerTheRest()
    {
        var odd = TestShop.Listed[3].Sku;
        await using var shop = await TestShop.StartAsync(o =>
        {
            o.Name = p => p.Sku == odd ? throw new InvalidOperationException("no name") : p.Name;
            o.Attribute("brand", p => p.Sku == odd ? throw new InvalidOperationException("no brand") : p.Brand);
        });
        var page = await shop.GetAsync<ProductPage>("/visual/items?pageSize=100");
        Assert.Equal(TestShop.Products, page.Total);
        Assert.Equal(odd, page.Products.Single(p => p.Id == odd).Name);
        Assert.Equal(TestShop.Products - 1,
            (await shop.GetAsync<Facets>("/visual/facets")).Attributes.Single(a => a.Name == "brand").Values.Sum(v => v.Count));
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh(), "?atMostPer=brand:5")).Count);
    }

    [Theory]
    [InlineData("items", "application/json")]
    [InlineData("items/{id}", "application/json")]
    [InlineData("facets", "application/json")]
    [InlineData("clusters", "application/json")]
    [InlineData("clusters/0", "application/json")]
    [InlineData("status", "application/json")]
    [InlineData("recommendations/{id}", "application/json")]
    [InlineData("thumbnails/160/{id}", "image/jpeg")]
    [InlineData("status/events", "text/event-stream")]
    [InlineData("openapi/imagerec.json", "application/json")]
    public async Task Head_OfWhatGetAnswers_IsTheAnswerWithoutItsBody(string address, string type)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var request = new HttpRequestMessage(
            HttpMethod.Head, $"/visual/{address.Replace("{id}", TestShop.Listed[0].Sku, StringComparison.Ordinal)}");
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Head_OfAThumbnail_HasItsLengthAndETag()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        var address = $"/visual/thumbnails/160/{TestShop.Listed[0].Sku}";
        using var whole = await shop.Client.GetAsync(address, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((whole.Content.Headers.ContentLength, whole.Headers.ETag), (head.Content.Headers.ContentLength, head.Headers.ETag));
        using var unknown = new HttpRequestMessage(HttpMethod.Head, "/visual/thumbnails/160/nothing");
        using var missing = await shop.Client.SendAsync(unknown, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    /// <summary>Three products, named by their price.</summary>
    private static void Sorts(ImageRecOptions<DrawnProduct> o)
    {
        decimal[] prices = [2.50m, 10m, 1234.56m];
        var listed = TestShop.Listed.Take(3).Select((p, i) => p with { Price = prices[i], Pattern = (Pattern)i }).ToList();
        int Of(DrawnProduct p) => listed.FindIndex(l => l.Sku == p.Sku);
        o.Products = _ => listed;
        o.Name = p => p.Price.ToString(System.Globalization.CultureInfo.InvariantCulture);
        o.Attribute("weight", p => Of(p) == 0 ? 0.1f : 0.2f + Of(p))
            .Attribute("stock", p => Of(p) == 2 ? 9007199254740993L : 1L)
            .Attribute("fit", p => Of(p) switch { 0 => "M", 1 => 42, _ => null })
            .Attribute("fresh", p => Of(p) != 1)
            .Attribute("pattern", p => p.Pattern)
            .Attribute("made", p => s_first.AddDays(14 * Of(p) + (Of(p) == 2 ? 3 : 0)))
            .Attribute("day", p => new DateOnly(2026, 3, 1).AddDays(14 * Of(p)));
    }
}
