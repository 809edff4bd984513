using ImageRec.AspNetCore.Observability;

namespace ImageRec.AspNetCore;

/// <summary>
/// Names for OpenTelemetry, as in <c>tracing.AddSource(ImageRecTelemetry.ActivitySource)</c> and
/// <c>metrics.AddMeter(ImageRecTelemetry.Meters)</c>.
/// </summary>
public static class ImageRecTelemetry
{
    /// <summary>The activity source of the steps of the pipeline: <c>decode</c>, <c>network</c> and <c>search</c>.</summary>
    public const string ActivitySource = "ImageRec";

    /// <summary>
    /// The meters <c>ImageRec</c>, of the pipeline, and <c>ImageRec.AspNetCore</c>, of the endpoints and the indexer. A new array at every
    /// call.
    /// </summary>
    public static string[] Meters => [ActivitySource, ImageRecMetrics.MeterName];
}
