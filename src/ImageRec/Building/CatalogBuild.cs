using System.Runtime.CompilerServices;
using ImageRec.Reduction;
using ImageRec.Storage;
using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Building;

/// <summary>
/// Brings a catalogue file to the state its list of products asks for: plans keys, computes the fitting sample, fits the models, computes the rest.
/// Every batch is one transaction, so whatever interrupts it, the next run on the same file computes only what is missing.
/// </summary>
internal sealed class CatalogBuild<TItem>(CatalogFile file, Components components, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
{
    private readonly FeatureComputer _computer = new(components.Extractor, components.Limits);
    private readonly List<UnreadableItem> _unreadable = [];
    private ProgressMeter _meter = new(progress, 0);
    private RowPipeline? _pipeline;

    public async Task<BuildReport> RunAsync(IReadOnlyList<CatalogEntry<TItem>> entries)
    {
        _meter = new ProgressMeter(progress, entries.Count);
        _meter.Enter(BuildStage.Listing);
        file.Claim();
        var stage = CheckSettings();
        var removed = 0;
        var stored = file.Items.Plan();
        List<Picture<TItem>> pictures = [];
        file.Atomically(() => (pictures, removed) = Plan(entries, stored));

        var fitted = new HashSet<int>();
        if (stage < BuildStage.Extracting)
        {
            fitted = await SampleAsync(pictures).ConfigureAwait(false);
            FitModels(pictures, fitted);
            // The sample's features are by far the most a build ever holds; left to itself, the collector lets the rest pile up on them.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        await ExtractAsync([.. pictures.Where(p => !fitted.Contains(p.Key))], stored).ConfigureAwait(false);
        file.Atomically(() =>
        {
            file.Items.DeletePlanned();
            SaveStage(BuildStage.Complete);
        });
        file.Compact();
        file.Release();
        _meter.Enter(BuildStage.Indexing);
        var items = file.Items.CountFinished();
        return new BuildReport
        {
            Items = items,
            Computed = _meter.Computed,
            Reused = _meter.Done - _meter.Computed - _unreadable.Count,
            Removed = removed,
            Unreadable = _unreadable,
            Categories = _pipeline?.Categories?.Report,
            Elapsed = _meter.Elapsed,
        };
    }

    private BuildStage CheckSettings()
    {
        (components.Reducer as PcaReducer)?.RequireFeatures(components.Extractor.Dimensions);
        var wanted = components.Settings<TItem>(BuildStage.Sampling);
        if (file.State.ReadJson<CatalogSettings>("settings") is not { } found)
        {
            file.Atomically(() =>
            {
                SaveStage(BuildStage.Sampling);
                components.Recipe?.Save(file.State, components.Extractor);
            });
            return BuildStage.Sampling;
        }
        var differences = string.Join("; ", found.DifferencesFrom(wanted));
        if (differences.Length > 0)
            throw new CatalogFileException($"'{file.Name}' was built differently: {differences}. Build with the settings it has, delete it, or choose another file.");
        return found.Stage;
    }

    private void SaveStage(BuildStage stage) => file.State.WriteJson("settings", components.Settings<TItem>(stage));

    private (List<Picture<TItem>> Pictures, int Removed) Plan(IReadOnlyList<CatalogEntry<TItem>> entries, Dictionary<string, StoredItem> stored)
    {
        var nextKey = file.Items.NextKey();
        var pictures = new List<Picture<TItem>>(entries.Count);
        var listed = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var json = file.Path is null ? null : ItemJson.Serialize(entry, components.Json);
            listed.Add(entry.Id);
            if (!stored.TryGetValue(entry.Id, out var item))
            {
                item = new StoredItem { Key = nextKey++, Id = entry.Id, Category = entry.Category, Json = json };
                file.Items.InsertPlanned(item);
            }
            else if (item.Category != entry.Category || item.Json != json)
            {
                Rewrite(item with { Category = entry.Category, Json = json }, relabelled: item.Category != entry.Category);
            }
            pictures.Add(new Picture<TItem>(item.Key, entry, json));
        }
        var vanished = stored.Values.Where(item => !listed.Contains(item.Id)).ToList();
        foreach (var item in vanished)
        {
            file.Items.Delete(item.Key);
            file.Sample.Remove(item.Key);
        }
        file.Items.ClearUnreadable();
        return (pictures, vanished.Count);
    }

    private RowPipeline Pipeline() => _pipeline ??= PipelineState.Load(file, components);

    private void Rewrite(StoredItem item, bool relabelled)
    {
        if (!relabelled || item.Hash is null || components.Categories is null)
        {
            file.Items.Rewrite(item);
            return;
        }
        var row = Pipeline().Relabel(file.Items.ReadRow(item.Key), item.Category);
        var (cluster, distance) = Pipeline().Place(row);
        file.Items.Write(item with { Cluster = cluster, Distance = distance }, row);
    }

    /// <summary>Computes the features of the fitting sample and keeps them in the file.</summary>
    /// <returns>Keys of the sampled pictures, unreadable ones included.</returns>
    private async Task<HashSet<int>> SampleAsync(List<Picture<TItem>> pictures)
    {
        _meter.Enter(BuildStage.Sampling);
        var size = FitSample.Size(components.FitSampleRows, components.Extractor.Dimensions);
        var sample = FitSample.Choose(pictures.Count, size, components.Seed).Select(i => pictures[i]).ToList();
        var held = file.Sample.Hashes();
        await foreach (var batch in _computer.ComputeAsync(sample, p => held.TryGetValue(p.Key, out var hash) && hash == p.Hash, cancellationToken).ConfigureAwait(false))
        {
            file.Atomically(() =>
            {
                for (var i = 0; i < batch.Computed.Count; i++)
                    file.Sample.Write(batch.Computed[i].Key, batch.Computed[i].Hash, batch.Features[i]);
                Refuse(batch.Unreadable, keepSample: false);
            });
            _meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
        return [.. sample.Select(p => p.Key)];
    }

    // Not async: what a method holds while it runs its continuation stays in memory for the rest of the build, and this one holds all features.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FitModels(List<Picture<TItem>> pictures, HashSet<int> sampled)
    {
        _meter.Enter(BuildStage.Fitting);
        var (keys, hashes, features) = file.Sample.Read(components.Extractor.Dimensions);
        if (keys.Length == 0)
            throw new CatalogException(Invariant($"None of the {pictures.Count:N0} pictures could be read. The first: {_unreadable[0].Id}: {_unreadable[0].Reason}"));
        var byKey = pictures.Where(p => sampled.Contains(p.Key)).ToDictionary(p => p.Key);
        var (pipeline, rows) = Fit(features, Array.ConvertAll(keys, key => byKey[key].Entry.Category));
        file.Atomically(() =>
        {
            PipelineState.Save(file, pipeline);
            for (var i = 0; i < keys.Length; i++)
                Write(byKey[keys[i]], hashes[i], rows[i], pipeline);
            file.Sample.Clear();
            SaveStage(BuildStage.Extracting);
        });
    }

    private (RowPipeline Pipeline, FeatureMatrix Rows) Fit(FeatureMatrix features, IReadOnlyList<string?> known)
    {
        UnitRows.Normalize(features);
        var context = new FitContext(components.Seed, cancellationToken);
        var projection = components.Reducer.Fit(features, context);
        var rows = RowPipeline.Reduce(features, projection);
        var categories = components.Categories?.Learn(rows, known, context);
        rows = categories?.Fuse(rows, known) ?? rows;
        return (new RowPipeline(projection, categories, components.Clusterer.Fit(rows, context), ScoreDistribution.Of(rows, components.Seed)), rows);
    }

    private async Task ExtractAsync(List<Picture<TItem>> pictures, Dictionary<string, StoredItem> stored)
    {
        _meter.Enter(BuildStage.Extracting);
        var pipeline = Pipeline();
        bool IsKnown(Picture<TItem> picture) => stored.TryGetValue(picture.Entry.Id, out var item) && item.Hash == picture.Hash;
        await foreach (var batch in _computer.ComputeAsync(pictures, IsKnown, cancellationToken).ConfigureAwait(false))
        {
            var rows = pipeline.ToUnitRows(batch.Features, [.. batch.Computed.Select(p => p.Entry.Category)]);
            file.Atomically(() =>
            {
                for (var i = 0; i < batch.Computed.Count; i++)
                    Write(batch.Computed[i], batch.Computed[i].Hash, rows[i], pipeline);
                Refuse(batch.Unreadable, keepSample: true);
            });
            _meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
    }

    private void Write(Picture<TItem> picture, UInt128 hash, ReadOnlySpan<float> row, RowPipeline pipeline)
    {
        var (cluster, distance) = pipeline.Place(row);
        file.Items.Write(picture.ToStored(cluster, distance) with { Hash = hash }, row);
    }

    private void Refuse(IReadOnlyList<Picture<TItem>> pictures, bool keepSample)
    {
        foreach (var picture in pictures)
        {
            if (components.UnreadableImages == UnreadableImages.Throw)
                throw new UnreadableImageException($"Item '{picture.Entry.Id}': {picture.Failure}");
            if (!keepSample)
                file.Sample.Remove(picture.Key);
            file.Items.WriteUnreadable(picture.Entry.Id, picture.Failure!);
            _unreadable.Add(new UnreadableItem(picture.Entry.Id, picture.Failure!));
        }
    }
}
