namespace ImageRec.Tests.Features;

/// <summary>Files of narrow published networks, in a folder that is deleted after the last test.</summary>
public sealed class PublishedNetworkFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-test-");
    private readonly Dictionary<string, PublishedNetwork> _networks = new()
    {
        ["alexnet-bvlc"] = PublishedNetwork.AlexNet(8),
        ["alexnet-torchvision"] = PublishedNetwork.AlexNetTorchvision(8),
        ["vgg16-caffe"] = PublishedNetwork.Vgg16(16),
        ["vgg16-torchvision"] = PublishedNetwork.Vgg16Torchvision(16),
    };

    /// <summary>Returns the path of a preset's file, written on first use.</summary>
    public string Path(string preset)
    {
        var path = System.IO.Path.Combine(_folder.FullName, $"{preset}.onnx");
        return File.Exists(path) ? path : Save(preset, _networks[preset]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal PublishedNetwork Network(string preset) => _networks[preset];

    internal string Save(string name, PublishedNetwork network)
    {
        var path = System.IO.Path.Combine(_folder.FullName, $"{name}.onnx");
        using var file = File.Create(path);
        network.ToOnnx().Save(file);
        return path;
    }
}
