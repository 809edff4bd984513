namespace ImageRec;

/// <summary>Configures an extractor that is an ML.NET pipeline; see <see cref="MLNetExtractor"/>.</summary>
public sealed class MLNetExtractorOptions
{
    /// <summary>Gets or sets the column of images that the pipeline starts from. Default: Image.</summary>
    public string ImageColumn { get; set; } = "Image";

    /// <summary>Gets or sets the column that the pipeline makes, a vector of Single of known length. Default: Features.</summary>
    public string OutputColumn { get; set; } = "Features";

    /// <summary>
    /// Gets or sets the text that distinguishes the pipeline from others. Default (null): a hash of what ML.NET saves of it.
    /// </summary>
    public string? Fingerprint { get; set; }

    /// <summary>
    /// Gets or sets how large images may be. Default (null): the limits of the builder, or else <see cref="ImageLimits.Default"/>.
    /// </summary>
    public ImageLimits? Limits { get; set; }

    /// <summary>Makes options as the caller wants them.</summary>
    /// <param name="configure">Changes the defaults; null leaves them.</param>
    /// <param name="limits">What holds for images unless the caller sets limits.</param>
    /// <exception cref="ArgumentException">A column has no name.</exception>
    internal static MLNetExtractorOptions From(Action<MLNetExtractorOptions>? configure, ImageLimits limits)
    {
        var options = new MLNetExtractorOptions();
        configure?.Invoke(options);
        options.Limits ??= limits;
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ImageColumn);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.OutputColumn);
        return options;
    }
}
