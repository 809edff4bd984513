namespace ImageRec;

/// <summary>How <see cref="Reduction.PcaReducer"/> learns principal components.</summary>
public sealed class PcaOptions
{
    /// <summary>What <see cref="Dimensions"/> is when it is not set.</summary>
    public const int DefaultDimensions = 128;

    /// <summary>What <see cref="Weighting"/> is when it is not set.</summary>
    public const double DefaultWeighting = 0.25;

    /// <summary>
    /// Numbers a row afterwards, 1 or more. Default (null): 128 (a builder that learns categories and was not told to reduce takes 256), or the length of the feature rows where that
    /// is less.
    /// May exceed the number of pictures: directions the sample says nothing about are random ones, so that pictures added later are told apart too.
    /// </summary>
    public int? Dimensions { get; set; }

    /// <summary>
    /// Each component is multiplied by its standard deviation in the sample, relative to the largest, to this power, -1 to 1. Default: 0.25, which lets what
    /// most pictures differ in count somewhat more and ranks best. 0 is plain PCA; -1 is whitening, every dimension with the same variance.
    /// </summary>
    public double Weighting { get; set; } = DefaultWeighting;

    /// <summary>
    /// Additional random directions explored while fitting, 0 or more; more is closer to the exact components and slower. Default: 20.
    /// </summary>
    public int Oversampling { get; set; } = 20;

    internal PcaOptions Copy() => (PcaOptions)MemberwiseClone();
}
