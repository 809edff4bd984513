using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.ML.Estimators;
using ImageRec.Tests.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageRec.Tests.MachineLearning;

public sealed class ImageFeatureTransformerTests : IDisposable
{
    private const int Pictures = 45;
    private readonly string _folder = Directory.CreateTempSubdirectory("imagerec-mlnet-").FullName;
    private readonly MLContext _ml = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static OnnxModel Network => new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = "relu1" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Transform_Paths_GivesTheExtractorsRowsBesideTheOtherColumns()
    {
        var view = Transformed(Files());

        Assert.Equal(await ExpectedAsync(), Features(view));
        Assert.Equal(Enumerable.Range(0, Pictures), view.GetColumn<int>("Number"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 512), view.Schema["Features"].Type);
    }

    [Fact]
    public async Task Transform_ColumnsReadTogether_StayInStep()
    {
        var expected = await ExpectedAsync();
        var view = Transformed(Files());
        using var cursor = view.GetRowCursor(view.Schema);
        var numbers = cursor.GetGetter<int>(view.Schema["Number"]);
        var features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var (number, row, rows) = (0, default(VBuffer<float>), 0);
        while (cursor.MoveNext())
        {
            rows++;
            // Some rows are passed over without being asked for.
            if (rows % 3 == 0)
                continue;
            numbers(ref number);
            features(ref row);
            Assert.Equal(expected[number], row.DenseValues());
        }
        Assert.Equal(Pictures, rows);
    }

    [Fact]
    public async Task Transform_Bytes_GivesTheSameRows()
    {
        var rows = Enumerable.Range(0, Pictures).Select(i => new BytesRow { Picture = Bmp(i) }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);

        Assert.Equal(
            await ExpectedAsync(), Features(_ml.Transforms.ExtractImageFeatures("Features", "Picture", Network).Fit(data).Transform(data)));
    }

    [Fact]
    public async Task Transform_Images_GivesTheSameRows()
    {
        var data = Files();
        var pipeline = _ml.Transforms.LoadImages("Picture", _folder, "Name")
            .Append(_ml.Transforms.ExtractImageFeatures("Features", "Picture", Network));

        Assert.Equal(await ExpectedAsync(), Features(pipeline.Fit(data).Transform(data)));
    }

    [Fact]
    public void Transform_UnreadableOrMissing_GivesMissingValues()
    {
        File.WriteAllText(Path.Combine(_folder, "bad.jpg"), "no picture");
        var good = Path.Combine(_folder, "good.bmp");
        File.WriteAllBytes(good, Bmp(1));
        var data = _ml.Data.LoadFromEnumerable(
            new[] { good, Path.Combine(_folder, "bad.jpg"), "", good }.Select(path => new FileRow { Path = path }));

        var view = _ml.Transforms.ExtractImageFeatures("Features", "Path", Network).Fit(data).Transform(data);
        var rows = Features(view);

        Assert.All(rows[1].Concat(rows[2]), value => Assert.True(float.IsNaN(value)));
        Assert.Equal(rows[0], rows[3]);
        Assert.Equal(2, Features(_ml.Data.FilterRowsByMissingValues(view, "Features")).Length);
    }

    [Fact]
    public void Transform_Twice_ReadsNoPictureBeforeRowsAreAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable([new FileRow { Path = "there-is-no-such-file.png" }]);

        var view = _ml.Transforms.ExtractImageFeatures("Features", "Path", Network).Fit(data).Transform(data);

        Assert.Equal(["there-is-no-such-file.png"], view.GetColumn<string>("Path"));
    }

    [Fact]
    public void SaveAndLoad_FreshContext_GivesTheSameRows()
    {
        var data = Files();
        var model = Path.Combine(_folder, "model.zip");
        var fitted = _ml.Transforms.ExtractImageFeatures("Features", "Path", Network).Fit(data);
        _ml.Model.Save(fitted, data.Schema, model);
        ((IDisposable)fitted).Dispose();

        var loaded = new MLContext().Model.Load(model, out var schema);

        Assert.Contains(schema, column => column.Name == "Path");
        Assert.Equal(Features(Transformed(data)), Features(loaded.Transform(data)));
        var transformer = Assert.IsType<ImageFeatureTransformer>(loaded);
        using var original = new OnnxFeatureExtractor(Network);
        Assert.Equal(original.Fingerprint, transformer.Extractor.Fingerprint);
        transformer.Dispose();
    }

    [Fact]
    public void SaveAndLoad_WithATrainer_PredictsAlike()
    {
        var data = Files();
        var pipeline = _ml.Transforms.ExtractImageFeatures("Features", "Path", Network)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Kind"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes())
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        var fitted = pipeline.Fit(data);
        using var zip = new MemoryStream();
        _ml.Model.Save(fitted, data.Schema, zip);
        zip.Position = 0;

        var loaded = new MLContext().Model.Load(zip, out _);

        Assert.Equal(fitted.Transform(data).GetColumn<string>("Predicted"), loaded.Transform(data).GetColumn<string>("Predicted"));
    }

    [Fact]
    public async Task PredictionEngine_OnePictureAtATime_GivesTheSameRows()
    {
        var expected = await ExpectedAsync();
        var data = Files();
        using var engine = _ml.Model.CreatePredictionEngine<FileRow, FeatureRow>(
            _ml.Transforms.ExtractImageFeatures("Features", "Path", Network).Fit(data));

        foreach (var i in new[] { 0, 7, 7, 3 })
            Assert.Equal(expected[i], engine.Predict(new FileRow { Path = Path.Combine(_folder, $"{i}.bmp") }).Features);
    }

    [Fact]
    public async Task Transform_ExtractorOfTheCallers_WorksAndSaysThatItCannotBeSaved()
    {
        using var extractor = new OnnxFeatureExtractor(Network);
        using var callers = new Callers(extractor);
        var data = Files();
        var fitted = _ml.Transforms.ExtractImageFeatures("Features", "Path", callers).Fit(data);

        Assert.Equal(await ExpectedAsync(), Features(fitted.Transform(data)));
        Assert.Contains(
            "callers",
            Assert.Throws<NotSupportedException>(() => _ml.Model.Save(fitted, data.Schema, new MemoryStream())).Message,
            StringComparison.Ordinal);
        ((IDisposable)fitted).Dispose();
        Assert.Equal(512, extractor.Dimensions);
    }

    [Fact]
    public void Fit_NoSuchColumn_ListsWhatThereIs()
    {
        var error = Assert.ThrowsAny<ArgumentException>(
            () => _ml.Transforms.ExtractImageFeatures("Features", "Photo", Network).Fit(Files()));

        Assert.Contains("Photo", error.Message, StringComparison.Ordinal);
        Assert.Contains("Path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ColumnOfNumbers_SaysWhatPicturesAre()
    {
        var error = Assert.ThrowsAny<ArgumentException>(
            () => _ml.Transforms.ExtractImageFeatures("Features", "Number", Network).Fit(Files()));

        Assert.Contains("MLImage", error.Message, StringComparison.Ordinal);
    }

    private IDataView Files()
    {
        for (var i = 0; i < Pictures; i++)
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.bmp"), Bmp(i));
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Pictures)
            .Select(i => new FileRow
            {
                Path = Path.Combine(_folder, $"{i}.bmp"), Name = $"{i}.bmp", Number = i, Kind = i % 2 == 0 ? "even" : "odd",
            }));
    }

    private IDataView Transformed(IDataView data) =>
        _ml.Transforms.ExtractImageFeatures("Features", "Path", Network).Fit(data).Transform(data);

    private static float[][] Features(IDataView view) => [.. view.GetColumn<float[]>("Features")];

    private static byte[] Bmp(int number) =>
        SamplePictures.Drawn(number).ReadAsync(cancellationToken: Token).AsTask().GetAwaiter().GetResult().ToArray();

    private static async Task<float[][]> ExpectedAsync()
    {
        using var extractor = new OnnxFeatureExtractor(Network);
        var rows = new float[Pictures * extractor.Dimensions];
        await extractor.ExtractAsync([.. Enumerable.Range(0, Pictures).Select(i => SamplePictures.Drawn(i))], rows, Token);
        return [.. rows.Chunk(extractor.Dimensions)];
    }

    private sealed class FileRow
    {
        public string Path { get; set; } = "";

        public string Name { get; set; } = "";

        public int Number { get; set; }

        public string Kind { get; set; } = "";
    }

    private sealed class BytesRow
    {
        [VectorType]
        public byte[] Picture { get; set; } = [];
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Callers(IFeatureExtractor inner) : IFeatureExtractor
    {
        public string Name => "callers";

        public string Fingerprint => "callers";

        public int Dimensions => inner.Dimensions;

        public int PreferredBatch => 4;

        public ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
            IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default) =>
            inner.ExtractAsync(batch, rows, cancellationToken);

        public void Dispose()
        {
        }
    }
}
