using System.Diagnostics;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Sampling;
using ImageRec.Indexing;
using ImageRec.Learning;
using ImageRec.Ranking;
using static System.FormattableString;

namespace ImageRec.Evaluation.Queries;

/// <summary>Searches for every query and averages what it finds.</summary>
internal sealed class Evaluator<TItem>(
    RecommendationEngine<TItem> engine, EvaluationOptions options, IProgress<EvaluationProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int TimedCount = 10;
    private readonly IReadOnlyList<int> _cutoffs = options.Cutoffs;

    /// <summary>Asks with images that are not in the catalog.</summary>
    public Task<EvaluationReport> AskAsync<TQuery>(ImageCatalog<TQuery> queries) =>
        RunAsync(isLeaveOneOut: false, list => list.AddAsync(queries));

    /// <summary>Asks with each item and searches the others.</summary>
    public Task<EvaluationReport> LeaveOneOutAsync() => RunAsync(isLeaveOneOut: true, list => list.AddItemsAsync());

    private async Task<EvaluationReport> RunAsync(bool isLeaveOneOut, Func<QueryList<TItem>, Task> collect)
    {
        var list = new QueryList<TItem>(engine, options, progress, cancellationToken);
        await collect(list).ConfigureAwait(false);
        var (search, whole) = await TimeAsync(list).ConfigureAwait(false);
        var answered = await SearchAllAsync(list.Queries).ConfigureAwait(false);
        foreach (var result in answered.Where(r => r.RelevantItems == 0))
            list.Skipped.Add((result.Id, $"No other image of the catalog is of its category '{result.Category}'."));
        var results = answered.Where(r => r.RelevantItems > 0).ToList();
        if (results.Count == 0)
            throw new CatalogException(Invariant(
                $"None of the {list.Skipped.Count:N0} queries can be counted. The first: {list.Skipped[0].Id}: {list.Skipped[0].Reason}"));
        var learned = engine.Pipeline.Categories;
        return new EvaluationReport(
            new ConfusionMatrix(results.ConvertAll(r => r.Category), results.ConvertAll(r => r.PredictedCategory ?? "(none)")))
        {
            Pipeline = engine.Describe(),
            IsLeaveOneOut = isLeaveOneOut,
            Items = engine.Count,
            Cutoffs = _cutoffs,
            Metrics = EvaluationFigures.Of(results, options),
            AccuracyBy = learned?.Part is null ? Invariant($"vote of the {options.Voters} nearest") : learned.Report.Learner,
            CalibrationError = CalibrationError(results),
            MillisecondsPerQuery = whole,
            SearchMilliseconds = search,
            PerQuery = results,
            Skipped = list.Skipped.ToDictionary(query => query.Id, query => query.Reason, StringComparer.Ordinal),
            Notes = Notes(list),
        };
    }

    private async Task<QueryResult[]> SearchAllAsync(List<EvaluationQuery> queries)
    {
        var results = new QueryResult[queries.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, queries.Count, parallel, async (i, stop) =>
        {
            results[i] = await SearchAsync(queries[i], stop).ConfigureAwait(false);
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == queries.Count)
                progress?.Report(new EvaluationProgress("Searching", now, queries.Count));
        }).ConfigureAwait(false);
        return results;
    }

    private async Task<QueryResult> SearchAsync(EvaluationQuery query, CancellationToken stop)
    {
        bool MayAnswer(int key) => key != query.Key && (options.IncludeCopies || engine.RecordOf(key)?.Hash != query.Hash);
        var whole = new Neighbor[engine.Count];
        var candidates = await engine.Recommender.SearchAsync(query.Row, whole, MayAnswer, cancellationToken: stop).ConfigureAwait(false);
        var relevant = new bool[candidates];
        for (var i = 0; i < candidates; i++)
            relevant[i] = engine.RecordOf(whole[i].Key)?.Category == query.Category;
        var relevantItems = relevant.AsSpan().Count(true);

        // What a caller gets is searched for on its own: an approximate search is judged by what it finds.
        var first = new Neighbor[Math.Max(_cutoffs[^1], options.Voters)];
        var found = await engine.Recommender.SearchAsync(query.Row, first, MayAnswer, cancellationToken: stop).ConfigureAwait(false);
        var answers = first.Take(found).Select(n => (n.Score, Record: engine.RecordOf(n.Key))).Where(n => n.Record is not null)
            .Select(n => new QueryAnswer(n.Record!.Id, n.Record.Category, n.Score)).ToList();
        var predicted = engine.Pipeline.Categories?.MostProbable(query.Row.Span);
        return new QueryResult(query.Id, query.Category)
        {
            PredictedCategory = predicted?.Category
                ?? CategoryVote.Winner(answers.Select(a => (a.Category, a.Score)), options.Voters)?.Category,
            PredictedProbability = predicted?.Probability,
            Candidates = candidates,
            RelevantItems = relevantItems,
            Answers = [.. answers.Take(_cutoffs[^1])],
            AveragePrecision = RankingMetrics.AveragePrecision(relevant, relevantItems),
        };
    }

    private static double? CalibrationError(List<QueryResult> results) => results.TrueForAll(r => r.PredictedProbability is null)
        ? null
        : Calibration.ExpectedError(results.Select(r => ((float)(r.PredictedProbability ?? 0), r.PredictedCategory == r.Category)));

    private async Task<(double Search, double Whole)> TimeAsync(QueryList<TItem> list)
    {
        var count = Math.Min(options.TimedQueries, list.Queries.Count);
        var chosen = Enumerable.Range(0, count).Select(i => (int)((long)i * list.Queries.Count / count)).ToList();
        var best = new Neighbor[TimedCount];
        var search = await MedianAsync(chosen, async i => await engine.Recommender
            .SearchAsync(list.Queries[i].Row, best, cancellationToken: cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (list.Images.Count == 0)
            return (search, search);
        var ask = new RecommendOptions<TItem> { Count = TimedCount };
        var whole = await MedianAsync(chosen, i => engine.RecommendAsync(list.Images[i], ask, cancellationToken)).ConfigureAwait(false);
        return (search, whole);
    }

    private async Task<double> MedianAsync(List<int> chosen, Func<int, Task> work)
    {
        if (chosen.Count == 0)
            return 0;
        // The first call also loads and compiles.
        await work(chosen[0]).ConfigureAwait(false);
        var times = new List<double>(chosen.Count);
        foreach (var query in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            await work(query).ConfigureAwait(false);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            progress?.Report(new EvaluationProgress("Timing", times.Count, chosen.Count));
        }
        times.Sort();
        return Bootstrap.Quantile([.. times], 0.5);
    }

    private List<string> Notes(QueryList<TItem> list)
    {
        var notes = new List<string>();
        if (list.Skipped.Count > 0)
            notes.Add(Invariant(
                $"Queries left out of every figure: {list.Skipped.Count:N0}. The first: {list.Skipped[0].Id}: {list.Skipped[0].Reason}"));
        var copies = list.Queries.Count(q => q.Key is null && engine.HasImage(q.Hash));
        if (copies > 0 && !options.IncludeCopies)
            notes.Add(Invariant(
                $"For {copies:N0} of {list.Queries.Count:N0} queries, items with the same bytes were left out of the answers."));
        if (engine.Pipeline.Categories?.Report.KnownToNetwork is > 0 and var known && list.Queries.Exists(q => q.Key is not null))
            notes.Add(Invariant(
                $"The network was trained on {known:N0} of the catalog's photos, or nearly equal ones; figures on them are optimistic."));
        if (_cutoffs[^1] > engine.Count)
            notes.Add(Invariant($"The catalog has {engine.Count:N0} items; figures at {_cutoffs[^1]} count as many as there are."));
        return notes;
    }
}
