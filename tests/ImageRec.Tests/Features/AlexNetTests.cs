using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Tests.Design;

namespace ImageRec.Tests.Features;

/// <summary>The extractor on the BVLC AlexNet and real photos, where they lie beside the repository.</summary>
public sealed class AlexNetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extract_RealPhotos_GivesTheSameBitsWhateverThreadsAndBatch()
    {
        var (network, photos) = (Repository.Shared("models/alexnet-bvlc-conv.onnx"), Photos(13));
        List<float[]> all = [];
        foreach (var (threads, batch) in new[] { (1, 1), (1, 4), (2, 4), (2, 13), (3, 5) })
        {
            using var extractor = new OnnxFeatureExtractor(OnnxModel.AlexNet(network), new() { Threads = threads, Batch = batch });
            var rows = new float[photos.Length * extractor.Dimensions];
            Assert.Empty(await extractor.ExtractAsync(photos, rows, Token));
            all.Add(rows);
        }

        Assert.Equal(13 * 9216, all[0].Length);
        Assert.All(all, rows => Assert.True(rows.AsSpan().SequenceEqual(all[0])));
    }

    [Fact]
    public async Task Extract_PhotoAndItsRecompressedCopy_AreAlikeAndAnotherIsNot()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.AlexNet(Repository.Shared("models/alexnet-bvlc-conv.onnx")));
        var photos = Photos(2);
        using var bitmap = SkiaSharp.SKBitmap.Decode((await photos[0].ReadAsync(cancellationToken: Token)).ToArray());
        using var copy = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Webp, 60);
        var rows = new float[3 * extractor.Dimensions];

        await extractor.ExtractAsync([photos[0], ImageSource.FromBytes(copy.ToArray()), photos[1]], rows, Token);

        Assert.True(Cosine(0, 1) > 0.9, $"Copy: {Cosine(0, 1)}");
        Assert.True(Cosine(0, 2) < 0.6, $"Another: {Cosine(0, 2)}");

        float Cosine(int a, int b) =>
            System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(
                rows.AsSpan(a * extractor.Dimensions, extractor.Dimensions), rows.AsSpan(b * extractor.Dimensions, extractor.Dimensions));
    }

    [Fact]
    public void NetworkBytes_OfAnEarlierTensor_AreFewer()
    {
        var network = Repository.Shared("models/alexnet-bvlc-conv.onnx");
        using var extractor = new OnnxFeatureExtractor(OnnxModel.AlexNet(network, "conv3"));

        Assert.True(extractor.NetworkBytes.Length < new FileInfo(network).Length * 0.6);
    }

    [Fact]
    public async Task Extract_SqueezeNetFeatures_Gives512Numbers()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.SqueezeNet(Repository.Shared("models/squeezenet1.0.onnx")));
        var row = new float[512];

        Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(1, 300, 200)], row, Token));

        Assert.Contains(row, value => value > 0);
    }

    private static ImageSource[] Photos(int count) =>
        [.. ImageCatalog.FromFolder(Repository.Shared("data/clothing/validation")).Entries.Take(count).Select(entry => entry.Image)];
}
