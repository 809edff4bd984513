using System.Diagnostics.Metrics;

namespace ImageRec.AspNetCore;

/// <summary>What the endpoints count: meter <c>ImageRec.AspNetCore</c>.</summary>
internal sealed class ImageRecMetrics
{
    public const string MeterName = "ImageRec.AspNetCore";

    private readonly Histogram<double> _recommendation;
    private readonly Histogram<long> _uploadSize;

    public ImageRecMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _recommendation = meter.CreateHistogram<double>("imagerec.recommendation.duration", "s", "Time from a request's first byte to its answer, by kind of question.");
        _uploadSize = meter.CreateHistogram<long>("imagerec.upload.size", "By", "Size of uploaded pictures.");
    }

    public void Received(int bytes) => _uploadSize.Record(bytes);

    public void Recommended(string kind, TimeSpan elapsed) => _recommendation.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
}
