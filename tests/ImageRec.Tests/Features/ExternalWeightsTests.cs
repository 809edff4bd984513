using System.Runtime.InteropServices;
using ImageRec.Features;
using ImageRec.Tests.Images;

namespace ImageRec.Tests.Features;

/// <summary>Networks whose weights lie in files beside the ONNX file.</summary>
public sealed class ExternalWeightsTests : IDisposable
{
    private static readonly float[] s_planes = [0, 102, 51, 153, 255, 204];
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("weights.bin", "weights.bin", true)]
    [InlineData("sub/weights.bin", "sub/weights.bin", true)]
    [InlineData("sub\\weights.bin", "sub/weights.bin", true)]
    [InlineData("./weights.bin", "weights.bin", true)]
    [InlineData("weights.bin", "weights.bin", false)]
    public async Task Load_WeightsBesideTheFile_ReadsThem(string location, string file, bool hasLength)
    {
        _folder.Write(file, [1, 2, 3, 4, .. Bytes(3)]);
        (string, string)[] where = hasLength
            ? [("location", location), ("offset", "4"), ("length", "4")]
            : [("location", location), ("offset", "4")];

        var row = await NetworkRows.RowAsync(Model(Scaled(network => network.External("scale", [1], where))), NetworkRows.TwoPixels);

        Assert.Equal(s_planes.Select(color => 3 * color), row);
    }

    [Fact]
    public async Task Load_WeightsInAConstant_ReadsThem()
    {
        _folder.Write("weights.bin", Bytes(3));
        var value = TinyOnnx.Tensor("value", TinyOnnx.ExternalTensor("c", [1], ("location", "weights.bin")));
        var network = Scaled(network => network.Node("Constant", "scale", [], value));

        Assert.Equal(s_planes.Select(color => 3 * color), await NetworkRows.RowAsync(Model(network), NetworkRows.TwoPixels));
    }

    [Fact]
    public async Task Load_WeightsInAnInnerGraph_ReadsThem()
    {
        _folder.Write("weights.bin", [.. Bytes(3), .. Bytes(5)]);
        var first = new TinyOnnx().External("a", [1], ("location", "weights.bin"), ("length", "4")).Output("a_out", 1)
            .Node("Identity", "a_out", ["a"]);
        var second = new TinyOnnx().External("b", [1], ("location", "weights.bin"), ("offset", "4"), ("length", "4")).Output("b_out", 1)
            .Node("Identity", "b_out", ["b"]);
        var network = Scaled(network => network
            .Node("ReduceMax", "most", ["picture"], TinyOnnx.Int("keepdims", 0))
            .Weights("limit", [], [1000]).Node("Less", "dark", ["most", "limit"])
            .Node("If", "scale", ["dark"], TinyOnnx.Graph("then_branch", first), TinyOnnx.Graph("else_branch", second)));

        Assert.Equal(s_planes.Select(color => 3 * color), await NetworkRows.RowAsync(Model(network), NetworkRows.TwoPixels));
    }

    [Fact]
    public async Task Keep_WeightsBesideTheFile_ArePartOfTheKeptNetworkAndOfTheFingerprint()
    {
        var file = _folder.Write("weights.bin", Bytes(3));
        var model = Model(Scaled(network => network.External("scale", [1], ("location", "weights.bin"))));
        using var three = new OnnxFeatureExtractor(model);
        File.WriteAllBytes(file, Bytes(4));
        using var four = new OnnxFeatureExtractor(model);
        File.Delete(file);

        var kept = OnnxModel.FromJson(model.ToJson(), three.NetworkBytes);

        Assert.NotEqual(three.Fingerprint, four.Fingerprint);
        Assert.Equal(s_planes.Select(color => 3 * color), await NetworkRows.RowAsync(kept, NetworkRows.TwoPixels));
        using var again = new OnnxFeatureExtractor(kept);
        Assert.Equal(three.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public async Task Load_WeightsThatTheOutputDoesNotNeed_AreNotLookedFor()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).External("scale", [1], ("location", "not-there.bin"))
            .Output("row", 0, 3, 1, 2)
            .Node("Identity", "same", ["picture"]).Node("Mul", "row", ["same", "scale"]);

        Assert.Equal(s_planes, await NetworkRows.RowAsync(Model(network).With(m => m.Output = "same"), NetworkRows.TwoPixels));
    }

    [Fact]
    public void Load_FileMissing_NamesItAndSaysWhatToDo()
    {
        var error = Fails(("location", "weights.bin"));

        Assert.Contains(
            "keeps the weights 'scale' in 'weights.bin', which cannot be read: there is no such file",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("save_as_external_data=False", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "400")]
    [InlineData("4", "4")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    public void Load_FileTooShort_NamesIt(string offset, string length)
    {
        _folder.Write("weights.bin", Bytes(3));

        Assert.Contains(
            "of 'weights.bin', which has 4 bytes",
            Fails(("location", "weights.bin"), ("offset", offset), ("length", length)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("sub/../../weights.bin")]
    [InlineData("..\\weights.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("\\\\server\\share\\weights.bin")]
    [InlineData("C:\\weights.bin")]
    [InlineData("C:weights.bin")]
    [InlineData("weights\0.bin")]
    [InlineData("")]
    public void Load_FileElsewhere_IsNotRead(string location)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
        File.WriteAllBytes(Path.Combine(_folder.Path, "weights.bin"), Bytes(3));
        var network = Scaled(network => network.External("scale", [1], ("location", location)));
        var model = new OnnxModel(_folder.Write("sub/net.onnx", network.ToArray())) { Width = 2, Height = 1 };

        Assert.Contains("only files in the network's own folder are read", NetworkRows.Fails(model).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offset", "-4")]
    [InlineData("offset", "four")]
    [InlineData("length", "99999999999999999999")]
    public void Load_PlaceThatIsNoNumber_IsDamage(string key, string value)
    {
        _folder.Write("weights.bin", Bytes(3));

        Assert.Contains(
            $"the {key} of the weights 'scale' in 'weights.bin' is '{value}', not a number",
            Fails(("location", "weights.bin"), (key, value)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GivenAsBytes_SaysHowToSaveAsOneFile()
    {
        var network = Scaled(network => network.External("scale", [1], ("location", "weights.bin")));

        var error = NetworkRows.Fails(network.TwoWide());

        Assert.Contains("was given as bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("save_as_external_data=False", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreWeightsThanOneFileHolds_SaysHowToSaveFewer()
    {
        // A file of 64 MB, sparse where the disk can, that 40 tensors share.
        using (var file = File.Create(Path.Combine(_folder.Path, "weights.bin")))
            file.SetLength(64 << 20);
        var network = Scaled(network =>
        {
            for (var i = 0; i < 40; i++)
                network.External($"part{i}", [16 << 20], ("location", "weights.bin"));
            return network.Node("Sum", "scale", [.. Enumerable.Range(0, 40).Select(i => $"part{i}")]);
        });

        var error = NetworkRows.Fails(Model(network));

        Assert.Contains("(protobuf)", error.Message, StringComparison.Ordinal);
        Assert.Contains("save_as_external_data=False", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Bytes(params float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static TinyOnnx Scaled(Func<TinyOnnx, TinyOnnx> scale) =>
        scale(new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 0, 3, 1, 2)).Node("Mul", "row", ["picture", "scale"]);

    private OnnxModel Model(TinyOnnx network) => new OnnxModel(_folder.Write("net.onnx", network.ToArray())) { Width = 2, Height = 1 };

    private OnnxModelException Fails(params (string, string)[] where) =>
        NetworkRows.Fails(Model(Scaled(network => network.External("scale", [1], where))));
}
