using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>
/// The presets of AlexNet and VGG-16 on networks of the published layers, with random weights and fewer channels: embeddings are those of
/// a plain computation on the colors of a drawn image that has the size of the input.
/// </summary>
public sealed class PublishedNetworkTests(PublishedNetworkFiles files) : IClassFixture<PublishedNetworkFiles>
{
    private const string Large = "IMAGEREC_TEST_LARGE_NETWORKS";

    // Sums of thousands of products in single precision, in parts of the largest value.
    private const double Rounding = 1e-5;

    private static readonly (double Blue, double Green, double Red) s_caffe = (104, 117, 123), s_vgg = (103.939, 116.779, 123.68);

    [Theory]
    [InlineData("alexnet-bvlc", "pool5", 9216 / 8)]
    [InlineData("alexnet-bvlc", "fc7", 4096 / 8)]
    [InlineData("alexnet-bvlc", "prob", 1000)]
    [InlineData("alexnet-torchvision", "pool5", 9216 / 8)]
    [InlineData("alexnet-torchvision", "fc7", 4096 / 8)]
    [InlineData("alexnet-torchvision", null, 1000)]
    [InlineData("vgg16-caffe", "pool5", 25088 / 16)]
    [InlineData("vgg16-caffe", "fc7", 4096 / 16)]
    [InlineData("vgg16-caffe", "prob", 1000)]
    [InlineData("vgg16-torchvision", "pool5", 25088 / 16)]
    [InlineData("vgg16-torchvision", "fc7", 4096 / 16)]
    [InlineData("vgg16-torchvision", null, 1000)]
    public async Task Extract_PublishedLayers_GivesTheRowOfAPlainComputation(string preset, string? output, int dimensions)
    {
        var network = files.Network(preset);
        var row = await NetworkRows.RowAsync(OnnxModel.FromPreset(preset, files.Path(preset), output), Drawn(network.Side));
        var expected = PlainNetwork.Run(network, Pixels(preset, network.Side), output)[output ?? "fc8"];

        Assert.Equal(dimensions, row.Length);
        Assert.True(expected.Distinct().Count() > dimensions / 10, "Most of the row is one value: it could not show a difference.");
        Assert.InRange(Difference(expected, row), 0, Rounding);
    }

    [Theory]
    [InlineData("alexnet-bvlc", "mean of VGG")]
    [InlineData("alexnet-bvlc", "red first")]
    [InlineData("alexnet-bvlc", "not normalized")]
    [InlineData("alexnet-torchvision", "no deviation")]
    [InlineData("vgg16-caffe", "mean of AlexNet")]
    [InlineData("vgg16-torchvision", "blue first")]
    public async Task Extract_PublishedLayers_IsNotTheRowOfAMistake(string preset, string mistake)
    {
        var network = files.Network(preset);
        var side = network.Side;
        var row = await NetworkRows.RowAsync(OnnxModel.FromPreset(preset, files.Path(preset), "fc7"), Drawn(side));
        var mistaken = PlainNetwork.Run(mistake == "not normalized" ? network.Without(LayerKind.Normalization) : network, mistake switch
        {
            "mean of VGG" => Caffe(side, s_vgg),
            "mean of AlexNet" => Caffe(side, s_caffe),
            "red first" => Planes(side, (x, y) => [.. Caffe(x, y, s_caffe).Reverse()]),
            "blue first" => Planes(side, (x, y) => [.. Torchvision(x, y).Reverse()]),
            "no deviation" => Planes(side, (x, y) => [.. Torchvision(x, y).Zip([0.229, 0.224, 0.225], (color, std) => color * std)]),
            _ => Pixels(preset, side),
        }, "fc7")["fc7"];

        Assert.InRange(Difference(mistaken, row), 20 * Rounding, double.MaxValue);
    }

    [Fact]
    public void Parameters_PublishedWidth_AreThePublishedOnes()
    {
        Assert.Equal(60_965_224, PublishedNetwork.AlexNet().Parameters);
        Assert.Equal(61_100_840, PublishedNetwork.AlexNetTorchvision().Parameters);
        Assert.Equal(138_357_544, PublishedNetwork.Vgg16().Parameters);
        Assert.Equal(138_357_544, PublishedNetwork.Vgg16Torchvision().Parameters);
    }

    /// <summary>AlexNet of 233 MB, and a catalog file that keeps it.</summary>
    [Fact]
    public async Task Build_NetworkOfItsPublishedSize_GivesTheRowOfAPlainComputationAndOpensAgain()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Large) == "1", $"{Large}=1 asks for it: it takes 2.5 GB of memory.");
        var token = TestContext.Current.CancellationToken;
        var network = PublishedNetwork.AlexNet();
        var path = files.Save("alexnet-whole", network);
        var pictures = Enumerable.Range(1, 4).ToCatalog(i => $"{i}", i => i == 1 ? Drawn(227) : SamplePictures.Drawn(i, 227, 227));
        var expected = PlainNetwork.Run(network, Caffe(227, s_caffe), "fc7")["fc7"];

        var row = await NetworkRows.RowAsync(OnnxModel.AlexNet(path, "fc7"), Drawn(227));
        await using (await new RecommenderBuilder().UseOnnx(OnnxModel.AlexNet(path, "fc7")).BuildAsync(
            pictures, path + ".imagerec", cancellationToken: token))
        {
        }
        File.Delete(path);
        await using var opened = await new RecommenderBuilder().OpenAsync<int>(path + ".imagerec", token);

        Assert.InRange(Difference(expected, row), 0, Rounding);
        var answer = await opened.RecommendAsync(Drawn(227), 1, cancellationToken: token);
        Assert.Equal(1, Assert.Single(answer).Item);
    }

    private static double[] Pixels(string preset, int side) => preset switch
    {
        "alexnet-bvlc" => Caffe(side, s_caffe),
        "vgg16-caffe" => Caffe(side, s_vgg),
        _ => Planes(side, Torchvision),
    };

    /// <summary>The largest difference, in parts of the largest value.</summary>
    private static double Difference(double[] expected, float[] row) =>
        expected.Zip(row, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);

    private static double[] Caffe(int side, (double Blue, double Green, double Red) mean) => Planes(side, (x, y) => Caffe(x, y, mean));

    /// <summary>Blue first, less the mean.</summary>
    private static double[] Caffe(int x, int y, (double Blue, double Green, double Red) mean)
    {
        var (red, green, blue) = Color(x, y);
        return [blue - mean.Blue, green - mean.Green, red - mean.Red];
    }

    /// <summary>Red first, 0 to 1, less the mean, in deviations.</summary>
    private static double[] Torchvision(int x, int y)
    {
        var (red, green, blue) = Color(x, y);
        return [((red / 255.0) - 0.485) / 0.229, ((green / 255.0) - 0.456) / 0.224, ((blue / 255.0) - 0.406) / 0.225];
    }

    private static double[] Planes(int side, Func<int, int, double[]> color)
    {
        var planes = new double[3 * side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var colors = color(x, y);
                for (var channel = 0; channel < 3; channel++)
                    planes[(((channel * side) + y) * side) + x] = colors[channel];
            }
        }
        return planes;
    }

    private static ImageSource Drawn(int side) => ImageSource.FromBytes(SamplePictures.Bmp(side, side, Color), "drawn");

    /// <summary>A dotted disc on a gradient.</summary>
    private static (byte Red, byte Green, byte Blue) Color(int x, int y)
    {
        var isInside = ((x - 90) * (x - 90)) + ((y - 120) * (y - 120)) < 70 * 70;
        return isInside
            ? (x / 6 % 2 == y / 9 % 2 ? ((byte)210, (byte)40, (byte)(x + 20)) : ((byte)(y / 2), (byte)190, (byte)70))
            : ((byte)(250 - (x / 2)), (byte)(y + 20), (byte)(((x * 3) + (y * 5)) % 256));
    }
}
