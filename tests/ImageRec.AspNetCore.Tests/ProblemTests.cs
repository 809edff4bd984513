using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DrawnProducts;
using ImageRec.AspNetCore.Endpoints;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

/// <summary>Whatever cannot be answered is answered with problem details.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "", "There are classifications, clusters, facets, ")]
    [InlineData("GET", "itmes/dress-003", "There is no 'itmes/dress-003' here. Did you mean 'items'? There are classifications, ")]
    [InlineData("GET", "clusters/1/2", "There are clusters, clusters/{index}.")]
    [InlineData("POST", "indexing/reidnex", "There are indexing/pause, indexing/reindex, indexing/resume, indexing/stop.")]
    [InlineData("GET", "openapi/other/x.json", "openapi")]
    public async Task Send_UnknownAddress_NamesTheNearest(string method, string address, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/visual/{address}");
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(404, "no-such-address")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "status", "GET, HEAD")]
    [InlineData("GET", "indexing/reindex", "POST")]
    [InlineData("PATCH", "items/dress-003", "DELETE, GET, HEAD, PUT")]
    [InlineData("GET", "classifications", "POST")]
    public async Task Send_OtherMethod_SaysWhichThereAre(string method, string address, string allowed)
    {
        await using var shop = await TestShop.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/visual/{address}");
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(allowed, (await response.RefusedAsync(405, "method-not-allowed")).Detail, StringComparison.Ordinal);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Fact]
    public async Task Send_AddressOfTheApp_BelowThePrefixOrUnderAnEmptyOne_IsTheApps()
    {
        await using var app = await CatalogApp.StartAsync(
            services => services.AddImageRec<DrawnProduct>(CatalogApp.Over(TestShop.Listed.Take(3))),
            app =>
            {
                app.MapImageRec("");
                app.MapImageRec("/visual");
                app.MapGet("/visual/{anything}", () => "app");
                app.MapFallback(() => "fallback");
            });
        Assert.Equal("app", await app.GetTestClient().GetStringAsync("/visual/page", TestContext.Current.CancellationToken));
        Assert.Equal("fallback", await app.GetTestClient().GetStringAsync("/page", TestContext.Current.CancellationToken));
        using var unknown = await app.GetTestClient().GetAsync("/visual/a/b", TestContext.Current.CancellationToken);
        await unknown.RefusedAsync(404, "no-such-address");
    }

    [Theory]
    [InlineData("clusters/none", 404, "no-such-cluster")]
    [InlineData("clusters/-1", 404, "no-such-cluster")]
    [InlineData("clusters/99999999999", 404, "no-such-cluster")]
    [InlineData("thumbnails/big/dress-003", 400, "bad-parameter")]
    [InlineData("thumbnails/320/", 400, "bad-parameter")]
    [InlineData("recommendations/", 400, "bad-parameter")]
    [InlineData("recommendations", 400, "bad-parameter")]
    public async Task Get_PathThatCannotBeUsed_IsAProblem(string address, int status, string type)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync($"/visual/{address}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(status, type);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task PostLike_OtherContentType_SaysWhatToSend(string? type)
    {
        await using var shop = await TestShop.StartAsync();
        using var content = new ByteArrayContent("""{ "liked": ["dress-003"] }"""u8.ToArray());
        if (type is not null)
            content.Headers.ContentType = new(type);
        using var response = await shop.Client.PostAsync("/visual/recommendations/like", content, TestContext.Current.CancellationToken);
        var detail = (await response.RefusedAsync(415, "wrong-content-type")).Detail;
        Assert.Contains(type ?? "no content type", detail, StringComparison.Ordinal);
        Assert.Contains("application/json", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostLike_LongBody_IsRefusedByItsSize(bool kestrel)
    {
        await using var shop = await TestShop.StartAsync(kestrel: kestrel);
        using var content = new StringContent($$"""{ "liked": ["{{new string('x', 300_000)}}"] }""", Encoding.UTF8, "application/json");
        using var response = await shop.Client.PostAsync("/visual/recommendations/like", content, TestContext.Current.CancellationToken);
        Assert.Contains("256 KB", (await response.RefusedAsync(413, "body-too-large")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "liked": ["dress-003"], "dislikd": ["mug-001"] }""",
        "There is no member 'dislikd'. Did you mean 'disliked'? There are liked, disliked.")]
    [InlineData("""{ "LIKED": ["dress-003"], "count": 3 }""", "There is no member 'count'. There are liked, disliked.")]
    [InlineData("""{ "liked": ["dress-003"], "liked": ["mug-001"] }""", "Send JSON")]
    [InlineData("""{ "liked": "dress-003" }""", "Send JSON")]
    [InlineData("""[]""", "Send JSON")]
    [InlineData("", "Send JSON")]
    public async Task PostLike_OtherMembers_AreNamedWithTheNearest(string json, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await shop.Client.PostAsync("/visual/recommendations/like", content, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "id": "a", "size": { "width": 1, "hight": 2 } }""",
        "There is no member 'size.hight'. Did you mean 'height'? There are width, height.")]
    [InlineData("""{ "id": "a", "sizes": [ { "width": 1 }, { "wide": 2 } ] }""", "There is no member 'sizes[1].wide'.")]
    [InlineData("""{ "id": "a", "byName": { "x": { "w": 2 } } }""", "There is no member 'byName.x.w'.")]
    [InlineData("""{ "idd": "a" }""", "There is no member 'idd'. Did you mean 'id'?")]
    [InlineData("""{ "id": "a", "open": { "anything": 1 }, "lenient": { "anything": 1 }, "id2": 1 }""", "There is no member 'id2'.")]
    public void StrictJson_UnknownMember_IsNamedByItsPath(string json, string expected)
    {
        var error = Assert.Throws<Problem>(() => new StrictJson(JsonSerializerOptions.Web).Read<Shelf>(Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StrictJson_TypesThatAllowOthers_KeepThem()
    {
        var shelf = new StrictJson(JsonSerializerOptions.Web).Read<Shelf>(
            """{ "ID": "a", "open": { "anything": 1 }, "lenient": { "anything": 1 }, "area": 7, "size": null }"""u8.ToArray())!;
        Assert.Equal(("a", 1), (shelf.Id, shelf.Open!.Others!["anything"].GetInt32()));
    }

    [Fact]
    public async Task Put_UnknownMember_IsRefusedBeforeAnythingIsStored()
    {
        var saved = 0;
        await using var shop = await StartManagedAsync(o => o.Save = (_, _) =>
        {
            saved++;
            return ValueTask.CompletedTask;
        });
        using var form = Form("""{ "sku": "x", "categry": "Dress" }""");
        using var response = await shop.Client.PutAsync("/visual/items/x", form, TestContext.Current.CancellationToken);
        Assert.Contains("Did you mean 'category'?", (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
        Assert.Equal(0, saved);
    }

    [Theory]
    [MemberData(nameof(NoText))]
    public async Task Post_LikedThatIsNoText_SaysWhatIsWrong(byte[] json, string expected)
    {
        await using var shop = await TestShop.StartAsync();
        using var content = TestShop.Raw(json, "application/json");
        using var response = await shop.Client.PostAsync("/visual/recommendations/like", content, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoText))]
    public async Task Put_ProductThatIsNoText_SaysWhatIsWrong(byte[] json, string expected)
    {
        await using var shop = await StartManagedAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(json), "item" }, { TestShop.Raw(Pictures.Fresh(7), "image/jpeg"), "picture", "p.jpg" },
        };
        using var response = await shop.Client.PutAsync("/visual/items/x", form, TestContext.Current.CancellationToken);
        Assert.Contains(expected, (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ValueThatIsHalfOfAPair_IsNotTheJsonOfAProduct()
    {
        await using var shop = await StartManagedAsync();
        using var form = Form("""{ "sku": "\udc00" }""");
        using var response = await shop.Client.PutAsync("/visual/items/x", form, TestContext.Current.CancellationToken);
        Assert.Contains("not the JSON of a product", (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_PairOfSurrogatesAtTheCut_StaysWhole()
    {
        var text = $"{new string('x', 76)}{string.Concat(Enumerable.Repeat("\U0001F457", 4))}";
        Assert.Equal($"{new string('x', 76)}...", Problem.Short(text));
    }

    [Fact]
    public async Task Put_LargeField_IsRefusedByItsName()
    {
        await using var shop = await StartManagedAsync();
        using var form = Form(new string(' ', 70_000));
        using var response = await shop.Client.PutAsync("/visual/items/x", form, TestContext.Current.CancellationToken);
        Assert.Contains("'item' may have at most 64 KB", (await response.RefusedAsync(413, "body-too-large")).Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_OtherContentType_AsksForAForm()
    {
        await using var shop = await StartManagedAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await shop.Client.PutAsync("/visual/items/x", content, TestContext.Current.CancellationToken);
        Assert.Contains("multipart/form-data", (await response.RefusedAsync(415, "wrong-content-type")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "refused")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "body-too-large")]
    [InlineData(HttpStatusCode.BadRequest, "bad-body")]
    public async Task Put_SaveRefusesWithAStatus_IsAnsweredWithIt(HttpStatusCode status, string type)
    {
        await using var shop = await StartManagedAsync(
            o => o.Save = (_, _) => throw new BadHttpRequestException("The shelf is full.", (int)status));
        using var form = Form(JsonSerializer.Serialize(TestShop.Listed[0] with { Sku = "x" }));
        using var response = await shop.Client.PutAsync("/visual/items/x", form, TestContext.Current.CancellationToken);
        Assert.Equal("The shelf is full.", (await response.RefusedAsync((int)status, type)).Detail);
    }

    [Fact]
    public async Task Delete_WithoutAnId_IsAProblem()
    {
        await using var shop = await StartManagedAsync();
        using var response = await shop.Client.DeleteAsync("/visual/items", TestContext.Current.CancellationToken);
        await response.RefusedAsync(400, "bad-parameter");
    }

    /// <summary>JSON whose names or values cannot be read as text, and what is said of it.</summary>
    public static TheoryData<byte[], string> NoText => new()
    {
        { [.. "{\"li"u8, 0xFF, .. "ked\":[\"a\"]}"u8], "The JSON is not UTF-8: byte 5 is 0xFF" },
        { [.. "{\"liked\":[\"a"u8, 0xFF, .. "\"]}"u8], "The JSON is not UTF-8: byte 13 is 0xFF" },
        { [.. "{\"liked\":[\"a\"]}"u8, 0xE4], "The JSON is not UTF-8: byte 16 is 0xE4" },
        { [.. "{\"liked\":[\"\u00e4\"],\"x"u8, 0xC3], "The JSON is not UTF-8: byte 19 is 0xC3" },
        { """{ "\ud800": ["a"] }"""u8.ToArray(), "A member of the object has a name that is no text" },
    };

    private static MultipartFormDataContent Form(string json) =>
        new() { { new StringContent(json), "item" }, { TestShop.Raw(Pictures.Fresh(7), "image/jpeg"), "picture", "p.jpg" } };

    private static Task<TestShop> StartManagedAsync(Action<ImageRecOptions<DrawnProduct>>? configure = null) => TestShop.StartAsync(
        o =>
        {
            o.ManagePolicy = "anyone";
            configure?.Invoke(o);
        }, s => s.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))));

    private sealed class Shelf
    {
        public string Id { get; set; } = "";

        public Size? Size { get; set; }

        public IReadOnlyList<Size> Sizes { get; set; } = [];

        public Dictionary<string, Size> ByName { get; set; } = [];

        public Open? Open { get; set; }

        public Lenient? Lenient { get; set; }

        public double Area => (Size?.Width ?? 0) * (Size?.Height ?? 0);
    }

    private readonly record struct Size(double Width, double Height);

    private sealed class Open
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    private sealed class Lenient;
}
