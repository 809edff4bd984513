using System.Diagnostics.Metrics;

namespace ImageRec.AspNetCore.Observability;

/// <summary>
/// The instruments of the meter <c>ImageRec.AspNetCore</c>, named after the conventions of OpenTelemetry and described in
/// docs/aspnetcore.md.
/// </summary>
internal sealed class ImageRecMetrics
{
    public const string MeterName = "ImageRec.AspNetCore";
    public const string CatalogTag = "imagerec.catalog";
    public const string QueryTag = "imagerec.query";
    public const string StateTag = "imagerec.product.state";
    public const string ErrorTag = "error.type";

    /// <summary>The default buckets of OpenTelemetry are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    };

    private static readonly InstrumentAdvice<long> s_bytes = new()
    {
        HistogramBucketBoundaries = [16_384, 65_536, 131_072, 262_144, 524_288, 1_048_576, 2_097_152, 4_194_304, 8_388_608, 16_777_216],
    };

    private readonly List<(string Catalog, Func<IndexingStatus> Status)> _catalogs = [];
    private readonly Lock _gate = new();

    public ImageRecMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        Recommendation = meter.CreateHistogram(
            "imagerec.recommendation.duration", "s", "Time from the start of a request to its recommendations.", tags: null, s_seconds);
        UploadSize = meter.CreateHistogram("imagerec.upload.size", "By", "Size of an uploaded picture.", tags: null, s_bytes);
        Indexing = meter.CreateHistogram("imagerec.indexing.duration", "s", "Time of a run of the indexer.", tags: null, s_seconds);
        Refused = meter.CreateCounter<long>("imagerec.request.refused", "{request}", "Requests that were answered with a problem.");
        meter.CreateObservableUpDownCounter(
            "imagerec.catalog.products", Products, "{product}", "Products of a catalog, indexed or without a readable picture.");
    }

    public Histogram<double> Recommendation { get; }

    public Histogram<long> UploadSize { get; }

    public Histogram<double> Indexing { get; }

    public Counter<long> Refused { get; }

    /// <summary>The metrics of one catalog.</summary>
    /// <param name="catalog">Its label.</param>
    /// <param name="status">Reads where indexing stands.</param>
    public CatalogMetrics Of(string catalog, Func<IndexingStatus> status)
    {
        lock (_gate)
            _catalogs.Add((catalog, status));
        return new(this, catalog);
    }

    private List<Measurement<int>> Products()
    {
        lock (_gate)
        {
            return
            [
                .. _catalogs.SelectMany(c => (Measurement<int>[])
                [
                    new(c.Status().Indexed, new(CatalogTag, c.Catalog), new(StateTag, "indexed")),
                    new(c.Status().Unreadable, new(CatalogTag, c.Catalog), new(StateTag, "unreadable")),
                ]),
            ];
        }
    }
}
