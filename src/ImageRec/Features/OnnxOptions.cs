using Microsoft.ML.OnnxRuntime;

namespace ImageRec;

/// <summary>
/// Configures how a network uses the machine; see <see cref="RecommenderBuilder.UseOnnx"/> and <see cref="OnnxModel.CreateExtractor"/>.
/// None of it changes the embeddings on one machine, execution providers apart.
/// </summary>
public sealed class OnnxOptions
{
    private ImageLimits? _limits;

    /// <summary>
    /// Gets or sets how many images are decoded and run at the same time, each on one thread: 1 or more; null for the number of processors.
    /// </summary>
    public int? Threads { get; set; }

    /// <summary>Gets or sets the images per batch, 1 or more; null for 4, or what the network was saved with.</summary>
    /// <remarks>
    /// A network that computes other bits for an image in a batch than alone runs one image at a time, whatever is set here.
    /// </remarks>
    public int? Batch { get; set; }

    /// <summary>
    /// Gets or sets how large images may be; unless set, the limits of the builder that the options are given to, or else
    /// <see cref="ImageLimits.Default"/>.
    /// </summary>
    public ImageLimits Limits
    {
        get => _limits ?? ImageLimits.Default;
        set => _limits = value;
    }

    /// <summary>
    /// Gets or sets what changes the options of the session before it is created, such as <c>session =>
    /// session.AppendExecutionProvider_CUDA()</c>.
    /// </summary>
    /// <remarks>
    /// A graphics card needs another native library than the one this package brings, and of two the CPU's is loaded: reference the
    /// package of the execution provider, and leave out the other's library.
    /// <code>
    /// &lt;PackageReference Include="Microsoft.ML.OnnxRuntime.Gpu" Version="1.31.1" /&gt;
    /// &lt;PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" ExcludeAssets="native;build;buildTransitive;runtime" /&gt;
    /// </code>
    /// </remarks>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    /// <summary>Makes options as the caller wants them.</summary>
    /// <param name="configure">Changes the defaults; null leaves them.</param>
    /// <param name="limits">What holds for images unless the caller sets limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal static OnnxOptions From(Action<OnnxOptions>? configure, ImageLimits? limits = null)
    {
        var options = new OnnxOptions();
        configure?.Invoke(options);
        options._limits ??= limits;
        options.Validate();
        return options;
    }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Validate()
    {
        if (Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "At least 1 thread is needed; null takes one per processor.");
        if (Batch < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Batch), Batch, "A batch has at least 1 image; null leaves its size to the network.");
        }
    }
}
