namespace ImageRec;

/// <summary>How <see cref="Reduction.PcaReducer"/> learns principal components.</summary>
public sealed class PcaOptions
{
    /// <summary>What <see cref="Dimensions"/> is when it is not set.</summary>
    public const int DefaultDimensions = 128;

    /// <summary>
    /// Numbers a row afterwards, 1 or more. Default (null): 128, or the length of the feature rows where that is less.
    /// May exceed the number of pictures: directions the sample says nothing about are random ones, so that pictures added later are told apart too.
    /// </summary>
    public int? Dimensions { get; set; }

    /// <summary>
    /// Scales every dimension to variance 1 in the sample, so that frequent and rare differences weigh the same. Default: false, which ranks better on most features.
    /// </summary>
    public bool Whiten { get; set; }

    /// <summary>
    /// Additional random directions explored while fitting, 0 or more; more is closer to the exact components and slower. Default: 20.
    /// </summary>
    public int Oversampling { get; set; } = 20;

    internal PcaOptions Copy() => (PcaOptions)MemberwiseClone();
}
