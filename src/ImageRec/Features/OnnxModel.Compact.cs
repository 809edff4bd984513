using ImageRec.Features;

namespace ImageRec;

public sealed partial class OnnxModel
{
    /// <summary>Gets the network inside this package: nothing to download, 256 dimensions per embedding.</summary>
    /// <exception cref="OnnxModelException">This build of the package has no network inside.</exception>
    public static OnnxModel Compact => new(CompactNetwork.Weights, "compact")
    {
        Output = "embedding",
        Width = 128,
        Height = 128,
        TrimMargins = true,
        TrimsUnlessSet = true,
    };
}
