using System.Text;
using DrawnProducts;
using ImageRec.AspNetCore.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace ImageRec.AspNetCore.Tests;

/// <summary>
/// Some hundred spoiled uploads, from seeds, into the decoder and the network that products go through: an answer or a refusal, never a
/// failure.
/// </summary>
public sealed class MutatedUploadTests
{
    private const int MaxBytes = 256 * 1024;

    [Fact]
    public async Task Post_MutatedPictures_AreAnsweredOrRefused()
    {
        await using var shop = await StartAsync();
        var pictures = Encoded();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var seed = 0; seed < 300; seed++)
        {
            var bytes = new Mutations(seed).Apply(pictures[seed % pictures.Count]);
            using var response = await shop.PostPictureAsync(bytes);
            await AnsweredOrRefusedAsync(response, seed);
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40L * 1024 * 1024);
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
    }

    [Fact]
    public async Task Post_MutatedForms_AreAnsweredOrRefused()
    {
        await using var shop = await StartAsync();
        var form = await FormAsync();
        for (var seed = 1000; seed < 1300; seed++)
        {
            using var content = new ByteArrayContent(new Mutations(seed).Apply(form));
            var type = "multipart/form-data; boundary=\"-x-boundary-x-\"";
            content.Headers.TryAddWithoutValidation("Content-Type",
                seed % 10 == 0 ? Encoding.Latin1.GetString(new Mutations(seed).Apply(Encoding.Latin1.GetBytes(type))).ReplaceLineEndings("")
                .Replace("\0", "", StringComparison.Ordinal) : type);
            using var response = await shop.Client.PostAsync("/visual/recommendations", content, TestContext.Current.CancellationToken);
            await AnsweredOrRefusedAsync(response, seed);
        }
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
    }

    [Fact]
    public async Task Put_MutatedForms_AreStoredOrRefusedAndNeverHalf()
    {
        var saved = 0;
        await using var shop = await StartAsync(o => o.Save = (_, _) =>
        {
            saved++;
            return ValueTask.CompletedTask;
        });
        var form = await FormAsync();
        var stored = 0;
        for (var seed = 2000; seed < 2200; seed++)
        {
            using var content = new ByteArrayContent(new Mutations(seed).Apply(form));
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=-x-boundary-x-");
            using var response = await shop.Client.PutAsync("/visual/items/new", content, TestContext.Current.CancellationToken);
            await AnsweredOrRefusedAsync(response, seed);
            stored += response.IsSuccessStatusCode ? 1 : 0;
        }
        Assert.InRange(stored, 1, 199);
        Assert.Equal(stored, saved);
        Assert.Equal(TestShop.Products + 1, shop.Catalog.Engine!.Count);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("minScore")]
    [InlineData("diversity")]
    [InlineData("atMostPer")]
    [InlineData("price")]
    [InlineData("made")]
    [InlineData("search")]
    [InlineData("category")]
    public async Task Get_MutatedValues_AreAnsweredOrRefused(string name)
    {
        await using var shop = await TestShop.StartAsync(o => o.Attribute("made", p => new DateTime(2026, 1, 1).AddDays(p.Sku.Length)));
        string[] values = ["1", "-1", "99999999999999999999", "1e400", "0x10", "1,5", "..", "...", "1..", "..1", "1..2..3", "-..-",
            "2026-02-30", "9999-12-31", "0001-01-01", "9999",
            "2026-13", "category:1", "category:99999999999", "category", ":", "::", "price:1:2", "'", "\"", "%", "%00", "\u0130",
            "\ud83d\ude00", " ", "+1", "٣", "NaN", "-Infinity", new string('9', 2000)];
        foreach (var value in values)
        {
            var path = name is "price" or "made" or "search" or "category" ? "items" : $"recommendations/{TestShop.Listed[0].Sku}";
            using var response = await shop.Client.GetAsync(
                $"/visual/{path}?{name}={Uri.EscapeDataString(value)}", TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is 200 or 400, $"{name}={value}: {response.StatusCode}");
        }
    }

    private static async Task AnsweredOrRefusedAsync(HttpResponseMessage response, int seed)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode is 200 or (>= 400 and < 500), $"Seed {seed}: {(int)response.StatusCode} {text}");
        Assert.True(response.IsSuccessStatusCode
            || response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"Seed {seed}: {text}");
    }

    private static List<byte[]> Encoded()
    {
        using var bitmap = SKBitmap.Decode(Pictures.Fresh());
        return
        [
            Pictures.Fresh(),
            bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(),
            bitmap.Encode(SKEncodedImageFormat.Webp, 80).ToArray(),
            bitmap.Encode(SKEncodedImageFormat.Webp, 100).ToArray(),
            Pictures.ClaimingPng(64, 64),
            Convert.FromBase64String("R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="),
            Bitmap(8, 8),
        ];
    }

    private static byte[] Bitmap(int width, int height)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("BM"u8);
        writer.Write(54 + width * height * 4);
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)32);
        for (var i = 0; i < 6; i++)
            writer.Write(0);
        for (var i = 0; i < width * height; i++)
            writer.Write(i * 0x010203);
        return bytes.ToArray();
    }

    private static async Task<byte[]> FormAsync()
    {
        using var form = new MultipartFormDataContent("-x-boundary-x-")
        {
            { new StringContent(System.Text.Json.JsonSerializer.Serialize(TestShop.Listed[0] with { Sku = "new" })), "item" },
            { TestShop.Raw(Pictures.Fresh(), "image/jpeg"), "picture", "p.jpg" },
        };
        return await form.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static Task<TestShop> StartAsync(Action<ImageRecOptions<DrawnProduct>>? configure = null) => TestShop.StartAsync(
        o =>
        {
            if (ShopProcess.CanStart)
                o.Builder = () => new RecommenderBuilder().WithoutReduction().ClusterWithKMeans(4);
            o.Limits = new() { MaxBytes = MaxBytes, MaxPixels = 1_000_000, Burst = 100_000, PerMinute = 1_000_000 };
            o.ManagePolicy = "anyone";
            configure?.Invoke(o);
        },
        s => s.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))));
}
