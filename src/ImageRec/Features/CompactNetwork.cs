namespace ImageRec.Features;

/// <summary>Reads the network embedded in the assembly.</summary>
internal static class CompactNetwork
{
    private const string Resource = "compact-net.onnx";
    private static readonly Lazy<OnnxWeights> s_weights = new(() => OnnxWeights.FromBytes(Read(), Resource));

    /// <summary>Whether the assembly was built with the network inside.</summary>
    public static bool IsPresent => typeof(CompactNetwork).Assembly.GetManifestResourceInfo(Resource) is not null;

    public static OnnxWeights Weights => s_weights.Value;

    private static byte[] Read()
    {
        using var resource = typeof(CompactNetwork).Assembly.GetManifestResourceStream(Resource) ?? throw new OnnxModelException(
            $"This build of ImageRec has no network inside (resource '{Resource}'). "
            + $"Name one: {nameof(OnnxModel)}.{nameof(OnnxModel.AlexNet)}(path), or on the command line --model and --preset.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
