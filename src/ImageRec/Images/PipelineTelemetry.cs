using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageRec.Images;

/// <summary>
/// Traces and measures the steps of the pipeline: activity source and meter <c>ImageRec</c>, step <c>decode</c>, <c>network</c> or
/// <c>search</c>.
/// </summary>
/// <remarks>Costs two reads of the clock per step while nobody listens.</remarks>
internal static class PipelineTelemetry
{
    public const string Name = "ImageRec";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("imagerec.step.duration", "s", "Time of a step of the pipeline.");

    /// <summary>Begins a step; disposing what it returns ends it.</summary>
    public static Step Begin(string name) => new(name);

    internal readonly struct Step(string name) : IDisposable
    {
        private readonly Activity? _activity = s_source.StartActivity(name);
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            s_duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>("step", name));
            _activity?.Dispose();
        }
    }
}
