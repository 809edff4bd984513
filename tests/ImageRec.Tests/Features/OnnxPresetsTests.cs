namespace ImageRec.Tests.Features;

public sealed class OnnxPresetsTests
{
    [Theory]
    [InlineData("alexnet-bvlc", 227, "pool5", ChannelOrder.Bgr, 255, 123)]
    [InlineData("alexnet-torchvision", 224, null, ChannelOrder.Rgb, 1, 0.485f)]
    [InlineData("vgg16-caffe", 224, "fc7", ChannelOrder.Bgr, 255, 123.68f)]
    [InlineData("vgg16-torchvision", 224, null, ChannelOrder.Rgb, 1, 0.485f)]
    [InlineData("squeezenet-caffe", 227, "features", ChannelOrder.Bgr, 255, 123)]
    [InlineData("squeezenet-torchvision", 224, null, ChannelOrder.Rgb, 1, 0.485f)]
    [InlineData("resnet50", 224, null, ChannelOrder.Rgb, 1, 0.485f)]
    [InlineData("mobilenetv2", 224, null, ChannelOrder.Rgb, 1, 0.485f)]
    [InlineData("clip-vit-b32", 224, "image_embeds", ChannelOrder.Rgb, 1, 0.48145466f)]
    [InlineData("plain", 224, null, ChannelOrder.Rgb, 255, 0)]
    public void FromPreset_EachName_HasTheNetworksNumbers(
        string name, int size, string? output, ChannelOrder channels, float range, float meanOfRed)
    {
        var model = OnnxModel.FromPreset(name.ToUpperInvariant(), "some.onnx");

        Assert.Equal((size, size, output, channels, range), (model.Width, model.Height, model.Output, model.Channels, model.PixelRange));
        Assert.Equal(meanOfRed, model.Mean.Red);
        Assert.Equal(name == "plain" ? "some" : name, model.Name);
        Assert.Contains(name, OnnxModel.PresetNames);
    }

    [Fact]
    public void FromPreset_WithOutput_TakesThatTensor() =>
        Assert.Equal("fc6", OnnxModel.FromPreset("alexnet-bvlc", "some.onnx", "fc6").Output);

    [Fact]
    public void FromPreset_UnknownName_ListsAll()
    {
        var error = Assert.Throws<ArgumentException>(() => OnnxModel.FromPreset("alexnet", "some.onnx"));

        Assert.All(OnnxModel.PresetNames, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
