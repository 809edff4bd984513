using ImageRec.Images;
using System.Reflection;
using ImageRec.Tests.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.Tests;

/// <summary>
/// ML.NET's images need SkiaSharp 2.88: an app with a later one is told so when it makes a pipeline of them. Paths and bytes work with any.
/// </summary>
public sealed class MLImagesTests
{
    [Fact]
    public void References_OfMLNetsImages_LackOneMember() =>
        // When ML.NET has moved on: what docs/decisions/0105-three-skias.md and ImageRec.ML's page say of it can go.
        Assert.Equal(["SKBitmap.GetPixelSpan"], SkiaReferences.Missing(typeof(MLImage).Assembly));

    [Fact]
    public void Extractor_OfAnMLNetPipeline_SaysWhichVersionItNeeds()
    {
        var error = Assert.Throws<ImageLibraryException>(() => MLNetExtractor.Create(
            "pixels", ml => ml.Transforms.ResizeImages("Image", 4, 4).Append(ml.Transforms.ExtractPixels("Features", "Image"))));
        Assert.Contains($"SkiaSharp {SkiaReferences.Expected}", error.Message, StringComparison.Ordinal);
        Assert.Contains("2.88.9", error.Message, StringComparison.Ordinal);
        Assert.IsType<MissingMethodException>(error.InnerException);
    }

    [Fact]
    public void ExtractImageFeatures_FromBytes_Works()
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable([new Row { Picture = PictureFiles.OnePixelGif }]);
        var model = ml.Transforms.ExtractImageFeatures("Features", "Picture", OnnxModel.Compact).Fit(rows);
        Assert.Equal(256, model.Transform(rows).GetColumn<float[]>("Features").Single().Length);
    }

    private sealed class Row
    {
        public byte[] Picture { get; set; } = [];
    }
}
