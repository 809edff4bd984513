using System.Text.Json;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>The settings of a network as they stand in catalog files.</summary>
public sealed class OnnxModelJsonTests
{
    // Written by version 0.1.0.
    private const string Before =
        """{"Name":"tiny \u00E9\u003C","Input":null,"Output":"relu1","Width":224,"Height":32"""
        + ""","Channels":"Bgr","Layout":"Nhwc","PixelRange":255,"Mean":{"Red":1.5,"Green":2,"Blue":3E-09}"""
        + ""","Std":{"Red":0.229,"Green":5,"Blue":6},"Fit":"Pad","Pooling":"Maximum"}""";

    private static OnnxModel Model => new OnnxModel(new byte[1], "tiny é<")
    {
        Output = "relu1",
        Height = 32,
        Pooling = RowPooling.Maximum,
        Channels = ChannelOrder.Bgr,
        ChannelsLast = true,
        Mean = new(1.5f, 2, 3e-9f),
        Std = new(0.229f, 5, 6),
        Fit = ImageFit.Pad,
    };

    [Fact]
    public void Json_Written_IsByteForByteThatOfFilesBuiltBefore() => Assert.Equal(Before, Model.ToJson());

    [Fact]
    public void Json_OfFilesBuiltBefore_IsTheSameModel()
    {
        var model = OnnxModel.FromJson(Before, new byte[1]);

        Assert.Equal((Model.ToJson(), Model.Format), (model.ToJson(), model.Format));
    }

    [Fact]
    public void Json_WithoutAProperty_HasItsDefault()
    {
        var model = OnnxModel.FromJson("""{"Name":"old"}""", default);

        Assert.Equal((224, 224, 255f, RgbValues.All(1)), (model.Width, model.Height, model.PixelRange, model.Std));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"Name\":null}")]
    [InlineData("{\"Fit\":\"Sideways\"}")]
    [InlineData("{\"Width\":\"wide\"}")]
    [InlineData("{")]
    public void Json_Damaged_IsAJsonException(string json) => Assert.ThrowsAny<JsonException>(() => OnnxModel.FromJson(json, default));

    [Fact]
    public void Json_AllTypesInIt_AreKnownWithoutReflection() => Assert.All(
        [
            typeof(OnnxModelSettings), typeof(RgbValues), typeof(ChannelOrder), typeof(TensorLayout), typeof(ImageFit), typeof(RowPooling),
            typeof(string), typeof(int), typeof(float),
        ],
        type => Assert.NotNull(OnnxModelJson.Default.GetTypeInfo(type)));
}
