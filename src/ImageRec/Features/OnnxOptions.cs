using Microsoft.ML.OnnxRuntime;

namespace ImageRec;

/// <summary>How <see cref="Features.OnnxFeatureExtractor"/> uses the machine. None of it changes the rows on one machine, execution providers apart.</summary>
public sealed record OnnxOptions
{
    /// <summary>Pictures decoded and run at the same time, each on one thread: 1 or more; null for the number of processors.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Pictures a run of the network, 1 or more; null for 4, or what the network was saved with. A network that gives a picture other bits in
    /// a batch than alone is run one picture at a time whatever is set here.
    /// </summary>
    public int? Batch { get; init; }

    /// <summary>How large pictures may be.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Changes the options of the session before it is created, such as <c>o => o.AppendExecutionProvider_CUDA()</c>.</summary>
    public Action<SessionOptions>? Configure { get; init; }
}
