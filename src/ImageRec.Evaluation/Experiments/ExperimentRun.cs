using System.Diagnostics;
using ImageRec.Evaluation.Caching;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Queries;

namespace ImageRec.Evaluation.Experiments;

/// <summary>Builds and measures the cells of a grid, one after another.</summary>
internal sealed class ExperimentRun<TItem>(
    ExperimentGrid grid, ImageCatalog<TItem> catalog, ImageCatalog<TItem>? queries, ExperimentOptions options,
    Func<QueryResult, double> figure, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<ExperimentRow> _rows = [];
    private IReadOnlyList<(ImageCatalog<TItem> Training, ImageCatalog<TItem> HeldOut)> _folds = [];

    public async Task<ExperimentTable> RunAsync()
    {
        var cache = options.CacheFile ?? Path.Combine(Path.GetTempPath(), $"imagerec-{Guid.NewGuid():N}.features");
        try
        {
            // A cache that cannot be used would fail every cell alike.
            FeatureCache.Open(cache).Dispose();
            _folds = queries is null
                ? await ExperimentFolds.OfAsync(grid, catalog, options, cache, cancellationToken).ConfigureAwait(false)
                : [(catalog, queries)];
            foreach (var extractor in grid.Extractors)
                await RunAsync(extractor, cache).ConfigureAwait(false);
        }
        finally
        {
            if (options.CacheFile is null)
                File.Delete(cache);
        }
        Compare();
        return new ExperimentTable(options.Compare, _rows);
    }

    private async Task RunAsync(ExperimentExtractor extractor, string cache)
    {
        var combinations = grid.Combinations().ToList();
        CachedFeatureExtractor? features = null;
        try
        {
            features = new CachedFeatureExtractor(extractor.Create(), cache);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _rows.AddRange(combinations.Select(c => new ExperimentRow(Settings(extractor, c)) { Error = e.Message }));
            return;
        }
        using (features)
        {
            foreach (var combination in combinations)
            {
                var settings = Settings(extractor, combination);
                var stage = string.Join(", ", settings.Values.Where(v => v.Length > 0));
                progress?.Report(new EvaluationProgress(stage, _rows.Count, grid.Extractors.Count * combinations.Count));
                try
                {
                    _rows.Add(await MeasureAsync(settings, combination, features).ConfigureAwait(false));
                }
                catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    _rows.Add(new ExperimentRow(settings) { Error = e.Message });
                }
            }
        }
    }

    private async Task<ExperimentRow> MeasureAsync(
        IReadOnlyDictionary<string, string> settings, IReadOnlyList<ExperimentChoice> combination, CachedFeatureExtractor features)
    {
        var results = new List<QueryResult>();
        var search = new List<double>();
        var (build, bytes, pipeline) = (TimeSpan.Zero, 0, "");
        foreach (var fold in _folds)
        {
            var builder = new RecommenderBuilder { Seed = options.Seed }.UseExtractor(features);
            foreach (var choice in combination)
                choice.Apply(builder);
            var computed = features.Computed;
            var start = Stopwatch.GetTimestamp();
            var engine = await builder.BuildAsync(fold.Training, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using var _ = engine.ConfigureAwait(false);
            // The part of the build that computed embeddings counts as FeatureMilliseconds.
            var extraction = (features.Computed - computed) * Finite(features.ReadMillisecondsPerImage());
            build += Stopwatch.GetElapsedTime(start) - TimeSpan.FromMilliseconds(extraction);
            var evaluator = new Evaluator<TItem>(engine, options.Evaluation, progress: null, cancellationToken);
            var report = await evaluator.AskAsync(fold.HeldOut).ConfigureAwait(false);
            results.AddRange(report.PerQuery);
            search.Add(report.SearchMilliseconds);
            (bytes, pipeline) = (engine.Dimensions * sizeof(float), report.Pipeline);
        }
        return new ExperimentRow(settings)
        {
            Pipeline = pipeline,
            Metrics = EvaluationFigures.Of(results, options.Evaluation),
            PerQuery = results,
            FeatureMilliseconds = features.ReadMillisecondsPerImage(),
            SearchMilliseconds = search.Average(),
            BuildSeconds = Math.Max(0, build.TotalSeconds),
            BytesPerItem = bytes,
        };
    }

    /// <summary>Compares every row with the first that has figures.</summary>
    private void Compare()
    {
        if (_rows.Find(r => r.Error is null) is not { } first)
            return;
        first.Difference = 0;
        var reference = first.PerQuery.ToDictionary(q => q.Id, figure, StringComparer.Ordinal);
        foreach (var row in _rows.Where(r => r != first))
        {
            var shared = row.PerQuery.Where(q => reference.ContainsKey(q.Id)).ToList();
            if (shared.Count == 0)
                continue;
            double[] own = [.. shared.Select(figure)], theirs = [.. shared.Select(q => reference[q.Id])];
            row.Difference = own.Average() - theirs.Average();
            row.PValue = Bootstrap.PairedPValue(own, theirs, seed: options.Seed);
        }
    }

    private static OrderedDictionary<string, string> Settings(ExperimentExtractor extractor, IReadOnlyList<ExperimentChoice> combination)
    {
        var settings = new OrderedDictionary<string, string> { ["extractor"] = extractor.Name };
        if (extractor.Output.Length > 0)
            settings["tensor"] = extractor.Output;
        foreach (var (name, value) in combination.SelectMany(c => c.Settings))
            settings[name] = value;
        return settings;
    }

    private static double Finite(double milliseconds) => double.IsFinite(milliseconds) ? milliseconds : 0;
}
