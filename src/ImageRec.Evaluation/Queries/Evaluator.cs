using System.Diagnostics;
using System.Runtime.InteropServices;
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

    // 1 GB of rows.
    private const long MostValuesCopied = 1L << 28;
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
        var rankings = await RankingsAsync().ConfigureAwait(false);
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var together = rankings is null ? 1 : WholeRankings<TItem>.Together;
        await Parallel.ForAsync(0, (queries.Count + together - 1) / together, parallel, async (part, stop) =>
        {
            var first = part * together;
            var own = queries.GetRange(first, Math.Min(together, queries.Count - first));
            var whole = rankings?.Measure(CollectionsMarshal.AsSpan(own))
                ?? [await RankAsync(own[0], stop).ConfigureAwait(false)];
            for (var i = 0; i < own.Count; i++)
            {
                results[first + i] = await SearchAsync(own[i], whole[i], stop).ConfigureAwait(false);
                var now = Interlocked.Increment(ref done);
                if (now % 100 == 0 || now == queries.Count)
                    progress?.Report(new EvaluationProgress("Searching", now, queries.Count));
            }
        }).ConfigureAwait(false);
        return results;
    }

    /// <summary>Prepares whole rankings by cosine; null where the recommender is another, or the rows are too many to copy.</summary>
    private async Task<WholeRankings<TItem>?> RankingsAsync()
    {
        if (engine.Recommender is not CosineRecommender || (long)engine.Count * engine.Dimensions > MostValuesCopied)
            return null;
        var (records, rows) = await engine.CopyRowsAsync(cancellationToken).ConfigureAwait(false);
        return new WholeRankings<TItem>(records, rows, engine.OrderOf, options.IncludeCopies);
    }

    private bool MayAnswer(EvaluationQuery query, int key) =>
        key != query.Key && (options.IncludeCopies || engine.RecordOf(key)?.Hash != query.Hash);

    /// <summary>Ranks all items by the recommender itself.</summary>
    private async Task<WholeRanking> RankAsync(EvaluationQuery query, CancellationToken stop)
    {
        var whole = new Neighbor[engine.Count];
        var candidates = await engine.SearchAsync(query.Row, whole, key => MayAnswer(query, key), stop).ConfigureAwait(false);
        var relevant = new bool[candidates];
        for (var i = 0; i < candidates; i++)
            relevant[i] = engine.RecordOf(whole[i].Key)?.Category == query.Category;
        var relevantItems = relevant.AsSpan().Count(true);
        return new WholeRanking(candidates, relevantItems, RankingMetrics.AveragePrecision(relevant, relevantItems));
    }

    private async Task<QueryResult> SearchAsync(EvaluationQuery query, WholeRanking whole, CancellationToken stop)
    {
        // What a caller gets is searched for on its own: an approximate search is judged by what it finds.
        var first = new Neighbor[Math.Max(_cutoffs[^1], options.Voters)];
        var found = await engine.SearchAsync(query.Row, first, key => MayAnswer(query, key), stop).ConfigureAwait(false);
        var answers = first.Take(found).Select(n => (n.Score, Record: engine.RecordOf(n.Key))).Where(n => n.Record is not null)
            .Select(n => new QueryAnswer(n.Record!.Id, n.Record.Category, n.Score)).ToList();
        var predicted = engine.Pipeline.Categories?.MostProbable(query.Row.Span);
        return new QueryResult(query.Id, query.Category)
        {
            PredictedCategory = predicted?.Category
                ?? CategoryVote.Winner(answers.Select(a => (a.Category, a.Score)), options.Voters)?.Category,
            PredictedProbability = predicted?.Probability,
            Candidates = whole.Candidates,
            RelevantItems = whole.RelevantItems,
            Answers = [.. answers.Take(_cutoffs[^1])],
            AveragePrecision = whole.AveragePrecision,
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
        var search = await MedianAsync(chosen, async i => await engine
            .SearchAsync(list.Queries[i].Row, best, filter: null, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
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
        if (options.MaxQueries > 0 && list.Usable > options.MaxQueries)
            notes.Add(Invariant(
                $"A sample of {options.MaxQueries:N0} of {list.Usable:N0} queries was asked, of every category its share; ")
                + $"the intervals are for all. {nameof(EvaluationOptions.MaxQueries)} = 0 asks all.");
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
