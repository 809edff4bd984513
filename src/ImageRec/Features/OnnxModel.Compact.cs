using ImageRec.Features;

namespace ImageRec;

public sealed partial record OnnxModel
{
    /// <summary>The network inside this package: nothing to download, 256 numbers a picture.</summary>
    /// <exception cref="OnnxModelException">This build of the package has no network inside.</exception>
    public static OnnxModel Compact => new()
    {
        Name = "compact",
        Output = "embedding",
        Width = 128,
        Height = 128,
        Weights = CompactNetwork.Weights,
    };
}
