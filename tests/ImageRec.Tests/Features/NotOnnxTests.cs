using System.Text;
using ImageRec.Tests.Images;

namespace ImageRec.Tests.Features;

/// <summary>Files that are no ONNX network are called by their name.</summary>
public sealed class NotOnnxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Files => new()
    {
        { Hex("version https://git-lfs.github.com/spec/v1\noid sha256:46\nsize 244\n"), "it is a Git LFS pointer" },
        { Hex("<!DOCTYPE html><html>Sign in</html>"), "it is a web page" },
        { Hex("\uFEFF  \n<HTML><body>404"), "it is a web page" },
        { Hex("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"), "it is a web page" },
        { Hex("{\"error\":\"Repository not found\"}"), "it is a text file, which begins with \"{\"error\":\"Repository not found\"}\"" },
        { "", "it is empty (0 bytes)" },
        { "504B0304140000000800", "it is a zip archive" },
        { "1F8B0800000000000003", "it is compressed (gzip)" },
        { "894844460D0A1A0A0000", "it is an HDF5 file" },
        { "80025D7100", "it is a Python pickle" },
        { "1C00000054464C3314002000", "it is a TensorFlow Lite model" },
        { "5000000000000000" + Hex("{\"__metadata__\":{"), "it is a safetensors file" },
        { "FFD8FFE000104A464946", "it is a JPEG image" },
        { "0000000000000000", "Field number 0 at byte 0" },
        { "0808120470797468", "It has no nodes" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_AnotherFile_SaysWhatItIs(string hex, string what)
    {
        var bytes = Convert.FromHexString(hex);
        var path = _folder.Write("net.onnx", bytes);

        var error = NetworkRows.Fails(new OnnxModel(path));

        Assert.StartsWith($"'{path}' is not an ONNX network: {what}", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"'net' is not an ONNX network: {what}", NetworkRows.Fails(new OnnxModel(bytes, "net")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CutOff_SaysSo()
    {
        var path = _folder.Write("net.onnx", TinyOnnx.Layers(32)[..2000]);

        Assert.Contains(
            "It is cut off, damaged or something else. Copy or download it again.",
            NetworkRows.Fails(new OnnxModel(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFolder_NamesAFileInIt()
    {
        _folder.Write("b.onnx", TinyOnnx.Layers(32));

        var error = NetworkRows.Fails(new OnnxModel(_folder.Path));

        Assert.Contains(
            $"it is a folder. Name the ONNX file in it, such as '{Path.Combine(_folder.Path, "b.onnx")}'",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LargerThanProtobufAllows_IsRefusedUnread()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there is a file surely sparse.");
        var path = Path.Combine(_folder.Path, "film.onnx");
        using (var file = File.Create(path))
        {
            file.Write([0x08, 0x08]);
            file.SetLength(3L << 30);
        }

        Assert.Contains("(protobuf)", NetworkRows.Fails(new OnnxModel(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatComesLater_IsFoundByTheSameModel()
    {
        var path = Path.Combine(_folder.Path, "net.onnx");
        var model = new OnnxModel(path) { Width = 32, Height = 32 };
        NetworkRows.Fails(model);

        File.WriteAllBytes(path, TinyOnnx.Layers(32));

        new ImageRec.Features.OnnxFeatureExtractor(model).Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
