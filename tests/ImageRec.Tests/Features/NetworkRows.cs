using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>Short forms for running networks in tests.</summary>
internal static class NetworkRows
{
    /// <summary>Two pixels: (0, 51, 255) and (102, 153, 204).</summary>
    public static ImageSource TwoPixels { get; } = ImageSource.FromBytes(
        ImageRec.Contracts.SamplePictures.Bmp(2, 1, (x, _) => x == 0 ? ((byte)0, (byte)51, (byte)255) : ((byte)102, (byte)153, (byte)204)),
        "two pixels");

    public static OnnxModel TwoWide(this TinyOnnx network) => new OnnxModel(network.ToArray(), "net") { Width = 2, Height = 1 };

    public static async Task<float[]> RowAsync(OnnxModel model, ImageSource picture) => (await RowsAsync(model, [picture]))[0];

    /// <summary>One row a picture; all must be readable.</summary>
    public static async Task<float[][]> RowsAsync(OnnxModel model, ImageSource[] pictures, OnnxOptions? options = null)
    {
        using var extractor = new OnnxFeatureExtractor(model, options);
        var rows = new float[pictures.Length * extractor.Dimensions];
        Assert.Empty(await extractor.ExtractAsync(pictures, rows, TestContext.Current.CancellationToken));
        return [.. rows.Chunk(extractor.Dimensions)];
    }

    public static OnnxModelException Fails(OnnxModel model) => Assert.Throws<OnnxModelException>(() => new OnnxFeatureExtractor(model));
}
