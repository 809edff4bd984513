namespace ImageRec;

/// <summary>
/// Configures principal component analysis; see
/// <see cref="RecommenderBuilder.ReduceWithPca(Action{PcaOptions})"/>.
/// </summary>
public sealed class PcaOptions
{
    /// <summary>The dimensions unless they are set.</summary>
    internal const int DefaultDimensions = 128;

    /// <summary>The weighting unless it is set.</summary>
    internal const double DefaultWeighting = 0.25;

    /// <summary>
    /// Gets or sets the dimensions per row afterwards, 1 or more. Default (null): 128 (256 where categories are learned and no reduction
    /// was chosen), or the dimensions of the embeddings where these are fewer.
    /// </summary>
    /// <remarks>
    /// It may exceed the number of images: directions of which the sample says nothing are random ones, so that images added later are told
    /// apart too.
    /// </remarks>
    public int? Dimensions { get; set; }

    /// <summary>
    /// Gets or sets the power of each component's standard deviation, relative to the largest, by which the component is multiplied, -1 to
    /// 1. Default: 0.25, which ranks best: what most images differ in counts somewhat more. 0 is plain PCA; -1 is whitening, every
    /// dimension with the same variance.
    /// </summary>
    public double Weighting { get; set; } = DefaultWeighting;

    /// <summary>
    /// Gets or sets how many additional random directions are explored while fitting, 0 or more. Default: 20; more is closer to the exact
    /// components and slower.
    /// </summary>
    public int Oversampling { get; set; } = 20;

    internal PcaOptions Copy() => (PcaOptions)MemberwiseClone();
}
