using System.IO.Compression;
using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.Fitting;
using ImageRec.ML.Clustering;
using ImageRec.ML.Columns;
using ImageRec.ML.Reduction;
using ImageRec.Tests.Features;
using ImageRec.Tests.Images;
using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace ImageRec.Tests.MachineLearning;

public sealed class MLNetComponentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagerec-mlnet-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reducer_NormalizingEstimator_DoesWhatItDoesInMLNet()
    {
        var rows = SampleRows.Grouped(40, 7);
        var projection = new MLNetReducer("centered", ml => ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Fit(rows, new FitContext(1));
        var reduced = new FeatureMatrix(40, 7);

        projection.Project(rows, reduced);

        for (var j = 0; j < 7; j++)
            Assert.Equal(0, Enumerable.Range(0, 40).Average(i => reduced[i][j]), 1e-4f);
    }

    [Fact]
    public void Reducer_NoSuchOutputColumn_ListsWhatThereIs()
    {
        var reducer = new MLNetReducer("lost", ml => ml.Transforms.NormalizeMinMax("Scaled", "Features"), outputColumn: "Reduced");

        var error = Assert.Throws<ArgumentException>(() => reducer.Fit(SampleRows.Grouped(40, 7), new FitContext(1)));

        Assert.Contains("Reduced", error.Message, StringComparison.Ordinal);
        Assert.Contains("Scaled", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusterer_Trainer_FindsTheGroupsAndTheirMiddles()
    {
        var rows = SampleRows.Grouped(100, 9, groups: 4, spread: 0.02f);
        UnitRows.Normalize(rows);

        var clustering = new MLNetClusterer("four", ml => ml.Clustering.Trainers.KMeans(numberOfClusters: 4)).Fit(rows, new FitContext(1));

        Assert.Equal(4, clustering.ClusterCount);
        var assigned = clustering.AssignAll(rows, Token);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(assigned[i % 4], assigned[i]);
            Assert.Equal(assigned[i], clustering.Assign(rows[i]));
            Assert.InRange(TensorPrimitives.Distance<float>(clustering.Centroids[assigned[i]], rows[i]), 0, 0.1f);
        }
    }

    [Fact]
    public void Clusterer_ColumnOfNumbers_SaysWhatLabelsAre()
    {
        var clusterer = new MLNetClusterer("scores", ml => ml.Clustering.Trainers.KMeans(numberOfClusters: 4), labelColumn: "Score");

        Assert.Contains(
            "key",
            Assert.Throws<ArgumentException>(() => clusterer.Fit(SampleRows.Unit(40, 7), new FitContext(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Save_SameFit_GivesTheSameBytesWithoutDates()
    {
        static byte[] Saved()
        {
            using var state = new MemoryStream();
            new MLNetReducer("pca", ml => ml.Transforms.ProjectToPrincipalComponents("Features", rank: 3))
                .Fit(SampleRows.Grouped(40, 7), new FitContext(1))
                .Save(state);
            return state.ToArray();
        }

        var bytes = Saved();

        Assert.Equal(bytes, Saved());
        using var zip = new ZipArchive(new MemoryStream(bytes[StateFrame.HeaderLength..^StateFrame.ChecksumLength]));
        Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
    }

    [Fact]
    public void Load_ByteDamaged_IsInvalidData()
    {
        using var state = new MemoryStream();
        var reducer = new MLNetReducer("pca", ml => ml.Transforms.ProjectToPrincipalComponents("Features", rank: 3));
        reducer.Fit(SampleRows.Grouped(40, 7), new FitContext(1)).Save(state);
        var bytes = state.ToArray();
        for (var i = 0; i < bytes.Length; i += 13)
        {
            bytes[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => reducer.Load(new MemoryStream(bytes)));
            bytes[i] ^= 0x40;
        }
    }

    [Fact]
    public async Task Extractor_PipelineWithApplyOnnxModel_RunsTheNetwork()
    {
        var network = Path.Combine(_folder, "tiny.onnx");
        await File.WriteAllBytesAsync(network, TinyOnnx.Layers(32, batch: 1), Token);
        using var extractor = MLNetExtractor.Create(
            "tiny by ML.NET",
            ml => ml.Transforms.ResizeImages("Small", 32, 32, "Image")
                .Append(ml.Transforms.ExtractPixels("picture", "Small"))
                .Append(ml.Transforms.ApplyOnnxModel("best", "picture", network)),
            o => o.OutputColumn = "best");
        var rows = new float[2 * extractor.Dimensions];

        Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(1), SamplePictures.Drawn(2)], rows, Token));

        Assert.Equal(5, extractor.Dimensions);
        // Its last layer puts 1 at the best of five.
        Assert.All(rows.Chunk(5), row => Assert.Equal(1, row.Sum()));
    }

    [Fact]
    public void DataViews_From_HasIdsCategoriesAndRows()
    {
        var rows = SampleRows.Unit(3, 4);

        var view = DataViews.From(["a", "b", "c"], ["x", null, "z"], rows);

        Assert.Equal(["a", "b", "c"], view.GetColumn<string>("Id"));
        Assert.Equal(["x", "", "z"], view.GetColumn<string>("Category"));
        Assert.Equal(rows.Values.ToArray(), view.GetColumn<float[]>("Features").SelectMany(row => row));
        Assert.Equal(3, view.GetRowCount());
    }

    [Fact]
    public void DataViews_LengthsThatDiffer_QuotesBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => DataViews.From(["a", "b"], ["x", "y"], SampleRows.Unit(3, 4)));

        Assert.Contains("2 values", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extractor_TurnedAndTransparentPictures_AreSeenAsANetworkOfOursSeesThem()
    {
        using var extractor = MLNetExtractor.Create("pixels", Pixels);
        var upright = PictureFiles.Encode(SKEncodedImageFormat.Png, 8, 8, (x, y) => new((byte)(x * 30), (byte)(y * 30), 90));
        var stored = PictureFiles.Encode(SKEncodedImageFormat.Png, 8, 8, (x, y) => new((byte)((7 - y) * 30), (byte)(x * 30), 90));
        var white = PictureFiles.Encode(SKEncodedImageFormat.Png, 8, 8, (x, _) => x < 4 ? SKColors.White : SKColors.Transparent);
        var rotated = PictureFiles.WithPngChunk(stored, "eXIf", PictureFiles.Exif(6, little: true, prefix: false));
        var rows = new FeatureMatrix(3, extractor.Dimensions);

        await extractor.ExtractAsync(
            [ImageSource.FromBytes(upright), ImageSource.FromBytes(rotated), ImageSource.FromBytes(white)], rows.Values, Token);

        Assert.Equal(rows[0].ToArray(), rows[1].ToArray());
        Assert.Equal(255, rows[2][0]);
        Assert.Equal(128, rows[2][7]);
    }

    [Fact]
    public async Task Extractor_FittedPipelineOfTheCallers_StaysTheCallers()
    {
        var ml = new MLContext(1);
        using var fitted = (IDisposable)Pixels(ml).Fit(ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>()));
        var model = (ITransformer)fitted;
        var row = new float[8 * 8 * 3];
        using (var extractor = MLNetExtractor.FromModel("pixels", model, o => o.Fingerprint = "mine"))
        {
            Assert.EndsWith(" Features mine", extractor.Fingerprint, StringComparison.Ordinal);
            Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(1)], row, Token));
        }

        using var again = MLNetExtractor.FromModel("pixels", model);
        var other = new float[row.Length];
        Assert.Empty(await again.ExtractAsync([SamplePictures.Drawn(1)], other, Token));
        Assert.Equal(row, other);
    }

    [Fact]
    public async Task UseMLNetExtractor_BuilderWithLimits_KeepsThem()
    {
        var builder = new RecommenderBuilder { Limits = new() { MaxPixels = 100 } }.UseMLNetExtractor("pixels", Pixels).WithoutReduction();

        await Assert.ThrowsAsync<CatalogException>(() => builder.BuildAsync(
            new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)), cancellationToken: Token));
    }

    [Fact]
    public void ToBmp_WhiteArtOnTransparency_CanBeSeen()
    {
        byte[] pixels = [255, 255, 255, 255, 0, 0, 0, 0];
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, pixels);
        Assert.Equal([255, 255, 255, 255, 128, 128, 128, 255], MLImages.ToBmp(image)[^8..]);
    }

    [Fact]
    public async Task EngineToDataView_Always_HasTheCatalogsRows()
    {
        await using var shop = await new RecommenderBuilder().UseMLNetExtractor("pixels", Pixels).ReduceWithPca(6).BuildAsync(
            Enumerable.Range(0, 9).ToCatalog(i => $"sku-{i}", i => SamplePictures.Drawn(i), i => $"kind {i % 2}"),
            cancellationToken: Token);
        await shop.RemoveAsync("sku-4", Token);

        var view = await shop.ToDataViewAsync(Token);

        Assert.Equal(["sku-0", "sku-1", "sku-2", "sku-3", "sku-5", "sku-6", "sku-7", "sku-8"], view.GetColumn<string>("Id"));
        Assert.Equal("kind 1", view.GetColumn<string>("Category").ElementAt(4));
        Assert.All(view.GetColumn<float[]>("Features"), row => Assert.Equal(1, TensorPrimitives.Norm<float>(row), 1e-5f));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 6), view.Schema["Features"].Type);
    }

    private static IEstimator<ITransformer> Pixels(MLContext ml) =>
        ml.Transforms.ResizeImages("Small", 8, 8, "Image").Append(ml.Transforms.ExtractPixels("Features", "Small"));

    private sealed class ImageRow
    {
        [Microsoft.ML.Transforms.Image.ImageType(8, 8)]
        public MLImage? Image { get; set; }
    }
}
