namespace ImageRec;

/// <summary>Says how far a build is; reported several times a second at most.</summary>
public sealed class BuildProgress
{
    internal BuildProgress(BuildStage stage, int done, int total, double perSecond, TimeSpan elapsed, TimeSpan? remaining) =>
        (Stage, Done, Total, PerSecond, Elapsed, Remaining) = (stage, done, total, perSecond, elapsed, remaining);

    /// <summary>Gets what is being done.</summary>
    public BuildStage Stage { get; }

    /// <summary>Gets the number of images that are finished, those of an earlier run included.</summary>
    public int Done { get; }

    /// <summary>Gets the number of images in the catalog.</summary>
    public int Total { get; }

    /// <summary>Gets the images computed per second in this run; 0 until the first is done.</summary>
    public double PerSecond { get; }

    /// <summary>Gets the time since the build began.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Gets the estimated time for the images that are left; null until it can be estimated.</summary>
    public TimeSpan? Remaining { get; }
}
