using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Evaluation.Sampling;
using static System.FormattableString;

namespace ImageRec.Evaluation.Queries;

/// <summary>Collects the queries of an evaluation and says which cannot be used.</summary>
internal sealed class QueryList<TItem>(
    RecommendationEngine<TItem> engine, EvaluationOptions options, IProgress<EvaluationProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int Batch = 64;
    private const int RowsLearnedFrom = 10_000;
    private readonly IReadOnlyList<ItemRecord<TItem>> _items = engine.Records();

    public List<EvaluationQuery> Queries { get; } = [];

    public List<(string Id, string Reason)> Skipped { get; } = [];

    /// <summary>Gets how many queries there were to choose from.</summary>
    public int Usable { get; private set; }

    /// <summary>
    /// Gets the query images, to be timed, in the order of <see cref="Queries"/>. It is empty when the queries are items.
    /// </summary>
    public List<ImageSource> Images { get; } = [];

    public async Task AddAsync<TQuery>(ImageCatalog<TQuery> catalog)
    {
        var known = CategoryCounts();
        var entries = await CatalogList.ReadAsync(catalog, cancellationToken).ConfigureAwait(false);
        if (entries.All(e => e.Category is null))
            throw new CatalogException(Invariant(
                $"None of the {entries.Count:N0} queries of {catalog.Name} has a category, so no answer can be called right or wrong. ")
                + "Put the images into folders named after their categories, or give a CSV file with a category column.");
        var usable = new List<CatalogEntry<TQuery>>();
        foreach (var entry in entries)
        {
            if (entry.Category is null)
                Skipped.Add((entry.Id, "It has no category."));
            else if (!known.ContainsKey(entry.Category))
                Skipped.Add((entry.Id, $"The catalog has no item of the category '{entry.Category}'."));
            else
                usable.Add(entry);
        }
        if (usable.Count == 0)
            throw new CatalogException(
                $"The catalog has no item of any category of {catalog.Name} ({Some(entries.Select(e => e.Category))}); "
                + $"it has {Some(known.Keys)}. Queries and catalog must name categories alike.");
        usable = Sample(usable, entry => entry.Category);
        for (var start = 0; start < usable.Count; start += Batch)
        {
            await AddAsync(usable.GetRange(start, Math.Min(Batch, usable.Count - start))).ConfigureAwait(false);
            progress?.Report(new EvaluationProgress("Computing queries", Math.Min(start + Batch, usable.Count), usable.Count));
        }
        if (Queries.Count == 0)
            throw new CatalogException(Invariant(
                $"None of the {usable.Count:N0} queries of {catalog.Name} can be read. The first: {Skipped[^1].Id}: {Skipped[^1].Reason}"));
    }

    public async Task AddItemsAsync()
    {
        if (CategoryCounts().Count == 0)
            throw new CatalogException(Invariant(
                $"None of the catalog's {_items.Count:N0} items has a category, so no answer can be called right or wrong. ")
                + "Give categories when building, or evaluate with queries of your own.");
        var labeled = _items.Where(i => i.Category is not null).ToList();
        var chosen = Sample(labeled, item => item.Category);
        var learnedFrom = LearnedFrom(labeled, chosen);
        var rows = await engine.HeldOutRowsOfAsync(learnedFrom, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < chosen.Count; i++)
            if (engine.RecordOf(chosen[i].Key) is not null)
                Queries.Add(new EvaluationQuery(chosen[i].Id, chosen[i].Category!, chosen[i].Hash, rows.RowMemory(i), chosen[i].Key));
        foreach (var item in _items.Where(i => i.Category is null))
            Skipped.Add((item.Id, "It has no category."));
    }

    private async Task AddAsync<TQuery>(List<CatalogEntry<TQuery>> entries)
    {
        try
        {
            var (rows, hashes) = await engine.RowsOfAsync(entries.ConvertAll(e => e.Image), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < entries.Count; i++)
                Queries.Add(new EvaluationQuery(entries[i].Id, entries[i].Category!, hashes[i], rows.RowMemory(i), Key: null));
            Images.AddRange(entries.Select(e => e.Image));
        }
        catch (Exception e) when (e is UnreadableImageException or InvalidFeaturesException && entries.Count == 1)
        {
            Skipped.Add((entries[0].Id, e.Message));
        }
        catch (Exception e) when (e is UnreadableImageException or InvalidFeaturesException)
        {
            foreach (var entry in entries)
                await AddAsync([entry]).ConfigureAwait(false);
        }
    }

    private Dictionary<string, int> CategoryCounts() =>
        _items.Where(i => i.Category is not null).CountBy(i => i.Category!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private List<T> Sample<T>(List<T> all, Func<T, string?> category)
    {
        Usable = all.Count;
        if (options.MaxQueries == 0 || all.Count <= options.MaxQueries)
            return all;
        return [.. ItemSample.Stratified(all.ConvertAll(item => category(item)), options.MaxQueries, options.Seed).Select(i => all[i])];
    }

    /// <summary>
    /// Adds items to few chosen ones where categories were learned: a classifier that has seen only those would predict worse than the
    /// catalog's own.
    /// </summary>
    private List<ItemRecord<TItem>> LearnedFrom(List<ItemRecord<TItem>> labeled, List<ItemRecord<TItem>> chosen)
    {
        if (engine.Learner is null || chosen.Count == labeled.Count || chosen.Count >= RowsLearnedFrom)
            return chosen;
        var isChosen = chosen.Select(item => item.Key).ToHashSet();
        var others = labeled.Where(item => !isChosen.Contains(item.Key)).ToList();
        var wanted = Math.Min(others.Count, RowsLearnedFrom - chosen.Count);
        return wanted == others.Count
            ? [.. chosen, .. others]
            : [.. chosen, .. ItemSample.Stratified(others.ConvertAll(i => i.Category), wanted, options.Seed).Select(i => others[i])];
    }

    private static string Some(IEnumerable<string?> names)
    {
        var distinct = names.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", distinct.Take(10).Select(n => $"'{n}'")) + (distinct.Count > 10 ? $" and {distinct.Count - 10} more" : "");
    }
}
