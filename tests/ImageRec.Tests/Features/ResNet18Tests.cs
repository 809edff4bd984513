using System.Numerics.Tensors;
using ImageRec.Contracts;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ImageRec.Tests.Features;

/// <summary>The network of the package ImageRec.ResNet18.</summary>
public sealed class ResNet18Tests
{
    [Fact]
    public async Task Model_OnTheSamePixels_GivesTheRowsOfMLNetsOwnPipeline()
    {
        var ml = new MLContext(1);
        var (encoded, planes) = Patches();
        var data = ml.Data.LoadFromEnumerable([new Pixels { Input = planes }]);
        var pipeline = ml.Transforms.DnnFeaturizeImage(
            "Row", input => input.ModelSelector.ResNet18(ml, input.OutputColumn, input.InputColumn), "Input");
        var expected = pipeline.Fit(data).Transform(data).GetColumn<float[]>("Row").Single();

        var row = await NetworkRows.RowAsync(Pooled(), ImageSource.FromBytes(encoded));

        Assert.Equal(512, row.Length);
        // ML.NET subtracts the mean of each pixel over ImageNet, we the mean of each color: the same but for a little near the borders.
        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(expected, row), 0.998f, 1.001f);
    }

    [Fact]
    public async Task Model_InABatch_GivesTheRowsOfEach()
    {
        ImageSource[] pictures = [.. Enumerable.Range(0, 3).Select(number => SamplePictures.Drawn(number))];

        var rows = await NetworkRows.RowsAsync(ResNet18Network.Model, pictures, new() { Batch = 3 });

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(await NetworkRows.RowAsync(ResNet18Network.Model, pictures[i]), rows[i]);
    }

    [Fact]
    public async Task UseResNet18_InAnEngine_IsTheNetwork()
    {
        await using var engine = await new RecommenderBuilder().UseResNet18(network => network.Threads = 1).WithoutReduction().BuildAsync(
            new[] { 1, 2, 3 }.ToCatalog(id => $"{id}", id => SamplePictures.Drawn(id)),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("resnet18/ReLU393_Output_0(quarters)(2048) -> ", engine.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Model_Changed_LeavesTheNextOne()
    {
        ResNet18Network.Model.Output = ResNet18Network.Pooling;
        Assert.Equal(ResNet18Network.Convolution, ResNet18Network.Model.Output);
    }

    private static OnnxModel Pooled()
    {
        var model = ResNet18Network.Model;
        (model.Output, model.Pooling) = (ResNet18Network.Pooling, RowPooling.Flatten);
        return model;
    }

    /// <summary>A picture of 224 x 224 without loss, in patches of 16 x 16, and its colors as three planes, red first.</summary>
    private static (byte[] Encoded, float[] Planes) Patches()
    {
        const int size = 224;
        var random = new Random(5);
        var patches = new byte[size / 16 * (size / 16) * 3];
        random.NextBytes(patches);
        var planes = new float[size * size * 3];
        var encoded = SamplePictures.Bmp(size, size, (x, y) =>
        {
            var color = patches.AsSpan((y / 16 * (size / 16) + x / 16) * 3, 3);
            for (var channel = 0; channel < 3; channel++)
                planes[(channel * size + y) * size + x] = color[channel];
            return (color[0], color[1], color[2]);
        });
        return (encoded, planes);
    }

    private sealed class Pixels
    {
        [VectorType(3, 224, 224)]
        public float[] Input { get; set; } = [];
    }
}
