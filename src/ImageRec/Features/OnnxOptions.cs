using Microsoft.ML.OnnxRuntime;

namespace ImageRec;

/// <summary>How <see cref="Features.OnnxFeatureExtractor"/> uses the machine. None of it changes the rows on one machine, execution providers apart.</summary>
public sealed record OnnxOptions
{
    private readonly ImageLimits? _limits;

    /// <summary>Pictures decoded and run at the same time, each on one thread: 1 or more; null for the number of processors.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Pictures a run of the network, 1 or more; null for 4, or what the network was saved with. A network that gives a picture other bits in
    /// a batch than alone is run one picture at a time whatever is set here.
    /// </summary>
    public int? Batch { get; init; }

    /// <summary>How large pictures may be; unless set, the limits of the builder that the options are given to, or else <see cref="ImageLimits.Default"/>.</summary>
    public ImageLimits Limits
    {
        get => _limits ?? ImageLimits.Default;
        init => _limits = value;
    }

    /// <summary>Changes the options of the session before it is created, such as <c>o => o.AppendExecutionProvider_CUDA()</c>.</summary>
    /// <remarks>
    /// A graphics card needs another native library than the one this package brings, and of two the CPU's is loaded: reference the package of the
    /// execution provider, and leave out the other's library.
    /// <code>
    /// &lt;PackageReference Include="Microsoft.ML.OnnxRuntime.Gpu" Version="1.31.1" /&gt;
    /// &lt;PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" ExcludeAssets="native;build;buildTransitive;runtime" /&gt;
    /// </code>
    /// </remarks>
    public Action<SessionOptions>? Configure { get; init; }

    /// <summary>The same options, with these limits if none were set.</summary>
    internal OnnxOptions WithinLimits(ImageLimits limits) => _limits is null ? this with { Limits = limits } : this;
}
