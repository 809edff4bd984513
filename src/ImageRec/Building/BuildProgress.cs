namespace ImageRec;

/// <summary>Where a build stands; reported several times a second at most.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Pictures finished, those of an earlier run included.</param>
/// <param name="Total">Pictures in the catalogue.</param>
/// <param name="PerSecond">Pictures computed a second in this run; 0 until the first is done.</param>
/// <param name="Elapsed">Time since the build began.</param>
/// <param name="Remaining">Estimated time for the pictures that are left; null until it can be told.</param>
public readonly record struct BuildProgress(BuildStage Stage, int Done, int Total, double PerSecond, TimeSpan Elapsed, TimeSpan? Remaining);
