namespace ImageRec.AspNetCore;

/// <summary>Names to listen to, such as <c>tracing.AddSource(ImageRecTelemetry.ActivitySource)</c> and <c>metrics.AddMeter(ImageRecTelemetry.Meters)</c> of OpenTelemetry.</summary>
public static class ImageRecTelemetry
{
    /// <summary>The activity source of the pipeline's steps: <c>decode</c>, <c>network</c>, <c>search</c>.</summary>
    public const string ActivitySource = "ImageRec";

    /// <summary>
    /// The meters: <c>ImageRec</c> with imagerec.step.duration (seconds, by step), and <c>ImageRec.AspNetCore</c> with imagerec.recommendation.duration
    /// (seconds, by kind of question) and imagerec.upload.size (bytes).
    /// </summary>
    public static string[] Meters => [ActivitySource, ImageRecMetrics.MeterName];
}
