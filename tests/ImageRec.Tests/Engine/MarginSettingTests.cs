using DrawnProducts;
using ImageRec.Tests.Features;

namespace ImageRec.Tests.Engine;

/// <summary>Whether margins are left out is a setting of a catalog file, which files built before say nothing of.</summary>
public sealed class MarginSettingTests : EngineTest
{
    private static ImageCatalog<string> Drawn { get; } = Enum.GetNames<ProductKind>().ToCatalog(name => name, name => ImageSource.FromBytes(
        ProductDrawing.Draw(Enum.Parse<ProductKind>(name), Palette.All[1], Pattern.Stripes, 5, 64), name));

    [Fact]
    public async Task BuildAsync_FileThatKeepsMargins_GoesOnKeepingThem()
    {
        var fingerprint = "";
        await (await Kept().BuildAsync(Drawn, FilePath, cancellationToken: Token)).DisposeAsync();
        await using (var engine = await new RecommenderBuilder().WithoutClusters().BuildAsync(Drawn, FilePath, cancellationToken: Token))
            Assert.Equal(0, engine.Report!.Computed);
        await using (var engine = await new RecommenderBuilder().UseCompactNetwork().OpenAsync<string>(FilePath, Token))
        {
            await engine.UpsertAsync(Drawn, cancellationToken: Token);
            fingerprint = Read("settings");
        }
        Assert.DoesNotContain("TrimMargins", Read("extractor"), StringComparison.Ordinal);
        using var extractor = OnnxModel.Compact.With(m => m.TrimMargins = false).CreateExtractor();
        Assert.Contains(extractor.Fingerprint, fingerprint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_OtherMarginsThanTheFile_IsRefusedWhenAskedFor()
    {
        await (await Kept().BuildAsync(Drawn, FilePath, cancellationToken: Token)).DisposeAsync();
        var trimming = new RecommenderBuilder().UseOnnx(OnnxModel.Compact.With(m => m.TrimMargins = true)).WithoutReduction()
            .WithoutClusters();
        await Assert.ThrowsAsync<CatalogFileException>(() => trimming.BuildAsync(Drawn, FilePath, cancellationToken: Token));
    }

    [Fact]
    public async Task BuildAsync_NetworkInside_SaysInTheFileThatMarginsAreLeftOut()
    {
        await (await new RecommenderBuilder().WithoutClusters().BuildAsync(Drawn, FilePath, cancellationToken: Token)).DisposeAsync();
        Assert.Contains("\"TrimMargins\":true", Read("extractor"), StringComparison.Ordinal);
        using var kept = OnnxModel.Compact.With(m => m.TrimMargins = false).CreateExtractor();
        using var trimmed = OnnxModel.Compact.CreateExtractor();
        Assert.NotEqual(kept.Fingerprint, trimmed.Fingerprint);
        await using var engine = await new RecommenderBuilder().OpenAsync<string>(FilePath, Token);
        Assert.Contains(trimmed.Fingerprint, Read("settings"), StringComparison.Ordinal);
    }

    private static RecommenderBuilder Kept() =>
        new RecommenderBuilder().UseOnnx(OnnxModel.Compact.With(m => m.TrimMargins = false)).WithoutReduction().WithoutClusters();

    private string Read(string name)
    {
        using var file = ImageRec.Storage.CatalogFile.Open(FilePath);
        return System.Text.Encoding.UTF8.GetString(file.State.Read(name)!);
    }
}
