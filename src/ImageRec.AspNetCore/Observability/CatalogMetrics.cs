using System.Diagnostics;

namespace ImageRec.AspNetCore.Observability;

/// <summary>Records measurements of one catalog, which each of them names.</summary>
/// <param name="metrics">The instruments.</param>
/// <param name="catalog">The catalog's label.</param>
internal sealed class CatalogMetrics(ImageRecMetrics metrics, string catalog)
{
    private readonly KeyValuePair<string, object?> _catalog = new(ImageRecMetrics.CatalogTag, catalog);

    public void Received(int bytes) => metrics.UploadSize.Record(bytes, _catalog);

    /// <param name="query">What was asked with: picture, product or taste.</param>
    /// <param name="elapsed">Time from the start of the request.</param>
    public void Recommended(string query, TimeSpan elapsed) =>
        metrics.Recommendation.Record(elapsed.TotalSeconds, _catalog, new(ImageRecMetrics.QueryTag, query));

    /// <param name="problem">Type of the problem, such as not-ready.</param>
    public void Refused(string problem) => metrics.Refused.Add(1, _catalog, new(ImageRecMetrics.ErrorTag, problem));

    /// <param name="elapsed">Time of the run.</param>
    /// <param name="error">Type of the exception that ended it; null when it finished.</param>
    public void Indexed(TimeSpan elapsed, string? error = null)
    {
        var tags = new TagList { _catalog };
        if (error is not null)
            tags.Add(ImageRecMetrics.ErrorTag, error);
        metrics.Indexing.Record(elapsed.TotalSeconds, tags);
    }
}
