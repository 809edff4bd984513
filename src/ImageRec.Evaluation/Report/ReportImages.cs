using ImageRec.Images;

namespace ImageRec.Evaluation.Report;

/// <summary>Makes the thumbnails of every image that a report shows.</summary>
internal sealed class ReportImages<TItem>(
    RecommendationEngine<TItem> engine, ReportOptions<TItem> options, IProgress<EvaluationProgress>? progress,
    CancellationToken cancellationToken)
{
    public async Task AddAsync(ReportData report)
    {
        var all = Wanted(report);
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(all, parallel, async (wanted, stop) =>
        {
            await report.Thumbnails.AddAsync(wanted.Key, wanted.Image, wanted.Strip, wanted.Map, stop).ConfigureAwait(false);
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == all.Count)
                progress?.Report(new EvaluationProgress("Drawing images", now, all.Count));
        }).ConfigureAwait(false);
    }

    private List<(string Key, ImageSource Image, bool Strip, bool Map)> Wanted(ReportData report)
    {
        var (data, examples) = (report.Data, report.Best.Concat(report.Worst).ToList());
        var queries = examples.Select(q => q.Id).Distinct(StringComparer.Ordinal).ToList();
        var strips = report.Clusters.SelectMany(c => c.Shown)
            .Concat(examples.SelectMany(q => q.Answers.Take(ReportStrips.MaxAnswers).Select(a => a.Id)))
            .Concat(data.ExactDuplicates.Take(ReportStrips.MaxFindings).SelectMany(g => g.Take(ReportStrips.MaxAnswers)))
            .Concat(data.NearDuplicates.Take(ReportStrips.MaxFindings).SelectMany(n => new[] { n.FirstId, n.SecondId }))
            .Concat(data.Outliers.Take(ReportStrips.MaxFindings).Select(o => o.Id))
            .Concat(data.SuspectLabels.Take(ReportStrips.MaxFindings).Select(s => s.Id)).ToHashSet(StringComparer.Ordinal);
        if (report.Evaluation is { IsLeaveOneOut: true })
            strips.UnionWith(queries);
        var map = report.Map.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);

        var wanted = new List<(string, ImageSource, bool, bool)>();
        foreach (var id in strips.Union(map))
            if (ItemImage(id) is { } image)
                wanted.Add((id, image, strips.Contains(id), map.Contains(id)));
        if (report.Evaluation is { IsLeaveOneOut: false } && options.QueryImage is { } imageOf)
            foreach (var id in queries)
                if (MissingImageSource.Ask(id, () => imageOf(id)) is { } image)
                    wanted.Add((ReportStrips.QueryKey(id), image, true, false));
        return wanted;
    }

    private ImageSource? ItemImage(string id)
    {
        if (engine.RecordOf(id) is not { } record)
            return null;
        if (options.Image is { } imageOf)
            return MissingImageSource.Ask(id, () => imageOf(record.Item));
        return record.Item is CatalogItem { Path: { } path } ? ImageSource.FromFile(path) : null;
    }
}
