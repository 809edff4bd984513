namespace ImageRec.Tests.Features;

/// <summary>A layer in its place in a network, and its random weights.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channels">Channels it sees.</param>
/// <param name="Side">Columns and rows it sees; 1 for what is flat.</param>
/// <param name="Seed">Seed of the weights.</param>
/// <param name="Spread">How large the weights are; 1 keeps what passes through the layer as large as it was.</param>
internal sealed record LayerShape(NetworkLayer Layer, int Channels, int Side, int Seed, float Spread)
{
    /// <summary>The settings of local response normalization.</summary>
    public const int Neighbors = 5;
    public const float Alpha = 0.0001f, Beta = 0.75f;

    public bool HasWeights => Layer.HasWeights;

    /// <summary>Channels or units it computes.</summary>
    public int Units => Layer.Units > 0 ? Layer.Units : Channels;

    public bool IsFlat => Layer.Kind is LayerKind.Connected or LayerKind.Scores or LayerKind.Softmax;

    /// <summary>Columns and rows it computes.</summary>
    public int OutputSide => IsFlat ? 1 : ((Side + (2 * Layer.Padding) - Layer.Kernel) / Layer.Stride) + 1;

    /// <summary>Values that one unit sees.</summary>
    public int Fan => Layer.Kind == LayerKind.Convolution
        ? Channels / Layer.Groups * Layer.Kernel * Layer.Kernel
        : Channels * Side * Side;

    /// <summary>Makes the weights one after the other: unit, channel, row, column; unit, value for connected layers.</summary>
    /// <remarks>He et al. 2015 (arXiv:1502.01852), section 2.2, drawn evenly.</remarks>
    public Func<float> Weights() => Even(Seed, Spread * MathF.Sqrt(6f / Fan));

    /// <summary>Makes the biases one after the other.</summary>
    public Func<float> Biases() => Even(Seed + 1000, Spread);

    private static Func<float> Even(int seed, float most)
    {
        var random = new Random(seed);
        return () => ((random.NextSingle() * 2) - 1) * most;
    }
}
