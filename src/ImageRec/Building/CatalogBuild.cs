using System.Runtime.CompilerServices;
using ImageRec.Answering;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Reduction;
using ImageRec.Storage;
using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Building;

/// <summary>
/// Brings a catalog file to the state that its list of items describes: plans keys, computes the fitting sample, fits the models, computes
/// the rest. Every batch is one transaction, so whatever interrupts it, the next run on the same file computes only what is missing. A
/// finished catalog stays what it is until all of its next state is there: rows are staged, and published in one transaction.
/// </summary>
internal sealed class CatalogBuild<TItem>(
    CatalogFile file, Components components, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
{
    private readonly FeatureComputer _computer = new(components.Extractor, components.Limits);
    private readonly List<UnreadableItem> _unreadable = [];

    // Content hashes of the images whose rows the file has, by key.
    private readonly Dictionary<int, UInt128> _done = [];
    private ProgressMeter _meter = new(progress, 0);
    private RowPipeline? _pipeline;

    // Where computed rows are written.
    private ItemStore _target = file.Items;

    public async Task<BuildReport> RunAsync(IReadOnlyList<CatalogEntry<TItem>> entries)
    {
        _meter = new ProgressMeter(progress, entries.Count);
        _meter.Enter(BuildStage.Listing);
        var stage = CheckSettings();
        var removed = stage == BuildStage.Complete
            ? await RebuildAsync(entries).ConfigureAwait(false)
            : await BuildAsync(entries, stage).ConfigureAwait(false);
        Compact();
        _meter.Enter(BuildStage.Indexing);
        return new BuildReport
        {
            Items = file.Items.CountFinished(),
            Computed = _meter.Computed,
            Reused = _meter.Done - _meter.Computed - _unreadable.Count,
            Removed = removed,
            Unreadable = _unreadable,
            Categories = _pipeline?.Categories?.Report,
            Elapsed = _meter.Elapsed,
        };
    }

    /// <summary>Builds a catalog that was never finished.</summary>
    /// <returns>How many items an earlier run had and this one's list lacks.</returns>
    private async Task<int> BuildAsync(IReadOnlyList<CatalogEntry<TItem>> entries, BuildStage stage)
    {
        List<PendingImage<TItem>> images = [];
        var removed = 0;
        file.Atomically(() => (images, removed) = PlanBuild(entries));
        if (stage < BuildStage.Extracting)
        {
            var sampled = await SampleAsync(images).ConfigureAwait(false);
            FitModels(images, sampled);
            // The sample's embeddings are by far the most memory a build ever holds. Collected in the background, so that the host goes on.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false, compacting: false);
            await ExtractAsync([.. images.Where(p => !sampled.Contains(p))]).ConfigureAwait(false);
        }
        else
        {
            await ExtractAsync(images).ConfigureAwait(false);
        }
        file.Atomically(() =>
        {
            file.Items.DeletePlanned();
            WriteUnreadable();
            SaveStage(BuildStage.Complete);
            file.Log.Open(file.State.Checksum());
        });
        return removed;
    }

    /// <summary>Brings a finished catalog to another list.</summary>
    /// <returns>How many of its items the list lacks.</returns>
    private async Task<int> RebuildAsync(IReadOnlyList<CatalogEntry<TItem>> entries)
    {
        _target = file.Staged;
        var stored = file.Items.Plan().Where(item => item.Value.Hash is not null).ToDictionary(StringComparer.Ordinal);
        var staged = file.Staged.Plan();
        List<PendingImage<TItem>> images = [];
        file.Atomically(() => images = PlanRebuild(entries, stored, staged));
        await ExtractAsync(images).ConfigureAwait(false);
        var listed = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var vanished = stored.Values.Where(item => !listed.Contains(item.Id)).ToList();
        file.Atomically(() =>
        {
            foreach (var item in vanished)
                file.Items.Delete(item.Key);
            foreach (var image in images)
                Publish(image, stored.GetValueOrDefault(image.Entry.Id));
            file.Staged.Clear();
            WriteUnreadable();
        });
        return vanished.Count;
    }

    private BuildStage CheckSettings()
    {
        (components.Reducer as PcaReducer)?.RequireFeatures(components.Extractor.Dimensions);
        (components.Reducer as JoinedReducer)?.RequireFeatures();
        var wanted = components.Settings<TItem>(BuildStage.Sampling);
        if (CatalogSettings.Read(file) is not { } found)
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
            throw new CatalogFileException(
                $"'{file.Name}' was built differently: {differences}. Build with the settings it has, delete it, or choose another file.");
        return found.Stage;
    }

    private void SaveStage(BuildStage stage) => components.Settings<TItem>(stage).Write(file);

    private (List<PendingImage<TItem>> Pictures, int Removed) PlanBuild(IReadOnlyList<CatalogEntry<TItem>> entries)
    {
        var stored = file.Items.Plan();
        var nextKey = file.Items.NextKey();
        var images = new List<PendingImage<TItem>>(entries.Count);
        var listed = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var json = Json(entry);
            listed.Add(entry.Id);
            if (!stored.TryGetValue(entry.Id, out var item))
            {
                item = new StoredItem { Key = nextKey++, Id = entry.Id, Category = entry.Category, Json = json };
                file.Items.InsertPlanned(item);
            }
            else if (item.Category != entry.Category || item.Json != json)
            {
                Rewrite(item, entry.Category, json);
            }
            if (item.Hash is { } hash)
                _done.Add(item.Key, hash);
            images.Add(new PendingImage<TItem>(item.Key, entry, json));
        }
        var vanished = stored.Values.Where(item => !listed.Contains(item.Id)).ToList();
        foreach (var item in vanished)
        {
            file.Items.Delete(item.Key);
            file.Sample.Remove(item.Key);
        }
        return (images, vanished.Count);
    }

    private List<PendingImage<TItem>> PlanRebuild(
        IReadOnlyList<CatalogEntry<TItem>> entries, Dictionary<string, StoredItem> stored, Dictionary<string, StoredItem> staged)
    {
        // Left by an older version, which planned in place.
        file.Items.DeletePlanned();
        var nextKey = Math.Max(file.Items.NextKey(), file.Staged.NextKey());
        var taken = stored.Values.Select(item => item.Key).ToHashSet();
        var images = new List<PendingImage<TItem>>(entries.Count);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var json = Json(entry);
            var before = stored.GetValueOrDefault(entry.Id);
            // What an interrupted run began holds only as long as nothing has changed the catalog meanwhile.
            var begun = staged.GetValueOrDefault(entry.Id) is { } kept
                && (before is null ? !taken.Contains(kept.Key) : before.Key == kept.Key) ? kept : null;
            if (begun is not null)
                staged.Remove(entry.Id);
            var item = begun ?? before ?? new StoredItem { Key = nextKey++, Id = entry.Id, Category = entry.Category, Json = json };
            if (item.Hash is { } hash)
                _done.Add(item.Key, hash);
            images.Add(new PendingImage<TItem>(item.Key, entry, json));
        }
        // Begun by an earlier run, whose list had them.
        foreach (var item in staged.Values)
            file.Staged.Delete(item.Key);
        foreach (var image in images.Where(
            p => !stored.ContainsKey(p.Entry.Id) && !_done.ContainsKey(p.Key) && !file.Staged.IsPlanned(p.Key)))
            file.Staged.InsertPlanned(image.ToPlanned());
        return images;
    }

    private RowPipeline Pipeline() => _pipeline ??= PipelineState.Load(file, components);

    /// <summary>Changes what an item has besides its image.</summary>
    private void Rewrite(StoredItem item, string? category, string? json)
    {
        if (item.Hash is null)
        {
            file.Items.UpdatePlanned(item with { Category = category, Json = json });
            return;
        }
        var (_, row) = file.Items.Read(item.Key, Pipeline().Dimensions) ?? throw file.Damaged($"item '{item.Id}' is missing");
        Write(file.Items, item with { Json = json }, row, category);
    }

    /// <summary>Writes an item whose row may have been made for another category.</summary>
    private void Write(ItemStore store, StoredItem item, ReadOnlySpan<float> row, string? category)
    {
        if (item.Category != category && components.Categories is not null)
        {
            row = Pipeline().Relabel(row, category);
            var (cluster, distance) = Pipeline().AssignCluster(row);
            item = item with { Cluster = cluster, Distance = distance };
        }
        store.Write(item with { Category = category }, row);
    }

    /// <summary>Publishes an item in the finished catalog as it is listed now.</summary>
    private void Publish(PendingImage<TItem> image, StoredItem? stored)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (image.Failure is not null)
        {
            if (stored is not null)
                file.Items.Delete(stored.Key);
        }
        else if (stored?.Hash != image.Hash)
        {
            var (item, row) = file.Staged.Read(image.Key, Pipeline().Dimensions)
                ?? throw file.Damaged($"the staged row of '{image.Entry.Id}' is missing");
            Write(file.Items, item with { Json = image.Json }, row, image.Entry.Category);
        }
        else if (stored.Category != image.Entry.Category || stored.Json != image.Json)
        {
            Rewrite(stored, image.Entry.Category, image.Json);
        }
    }

    /// <summary>Computes the embeddings of the fitting sample and keeps them in the file.</summary>
    /// <returns>The sampled images, unreadable ones included.</returns>
    private async Task<HashSet<PendingImage<TItem>>> SampleAsync(List<PendingImage<TItem>> images)
    {
        _meter.Enter(BuildStage.Sampling);
        var size = FitSample.Size(components.FitSampleRows, components.Extractor.Dimensions);
        var sample = FitSample.Choose(images.Count, size, components.Seed).Select(i => images[i]).ToList();
        await ComputeSampleAsync(sample).ConfigureAwait(false);
        var sampled = sample.ToHashSet();
        // Not one of them can be read: others may.
        while (sampled.Count < images.Count && sampled.All(p => p.Failure is not null))
        {
            var more = images.Where(p => !sampled.Contains(p)).Take(size).ToList();
            await ComputeSampleAsync(more).ConfigureAwait(false);
            sampled.UnionWith(more);
        }
        return sampled;
    }

    private async Task ComputeSampleAsync(List<PendingImage<TItem>> sample)
    {
        var held = file.Sample.Hashes();
        await foreach (var batch in _computer.ComputeAsync(
            sample, p => held.TryGetValue(p.Key, out var hash) && hash == p.Hash, cancellationToken).ConfigureAwait(false))
        {
            file.Atomically(() =>
            {
                for (var i = 0; i < batch.Computed.Count; i++)
                    file.Sample.Write(batch.Computed[i].Key, batch.Computed[i].Hash, batch.Features[i]);
                foreach (var image in Refuse(batch.Unreadable))
                    file.Sample.Remove(image.Key);
            });
            _meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
    }

    // Not async: what a method holds while it runs its continuation stays in memory for the rest of the build, and this one holds all
    // embeddings.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FitModels(List<PendingImage<TItem>> images, HashSet<PendingImage<TItem>> sampled)
    {
        _meter.Enter(BuildStage.Fitting);
        cancellationToken.ThrowIfCancellationRequested();
        var chosen = sampled.Where(p => p.Failure is null).OrderBy(p => p.Key).ToList();
        if (chosen.Count == 0)
            throw new CatalogException(
                $"None of the {images.Count} pictures could be read. The first: {_unreadable[0].Id}: {_unreadable[0].Reason}");
        var (hashes, features) = file.Sample.Read(chosen.Select(p => p.Key).ToArray(), components.Extractor.Dimensions);
        var (pipeline, rows) = Fit(features, chosen.ConvertAll(p => p.Entry.Category), chosen.ConvertAll(p => p.Entry.Group));
        _pipeline = pipeline;
        file.Atomically(() =>
        {
            PipelineState.Save(file, pipeline);
            for (var i = 0; i < chosen.Count; i++)
                Write(chosen[i], hashes[i], rows[i], pipeline);
            UseLeftOvers(images, sampled, pipeline);
            file.Sample.Clear();
            SaveStage(BuildStage.Extracting);
        });
    }

    /// <summary>Computes rows from the sample that an interrupted run took from another list of items.</summary>
    private void UseLeftOvers(List<PendingImage<TItem>> images, HashSet<PendingImage<TItem>> sampled, RowPipeline pipeline)
    {
        var held = file.Sample.Hashes();
        foreach (var block in images.Where(p => held.ContainsKey(p.Key) && !sampled.Contains(p)).Chunk(FitSample.BlockRows))
        {
            var (hashes, features) = file.Sample.Read(Array.ConvertAll(block, p => p.Key), components.Extractor.Dimensions);
            var rows = pipeline.ToUnitRows(features, Array.ConvertAll(block, p => p.Entry.Category));
            for (var i = 0; i < block.Length; i++)
            {
                Write(block[i], hashes[i], rows[i], pipeline);
                _done[block[i].Key] = hashes[i];
            }
        }
    }

    private (RowPipeline Pipeline, FeatureMatrix Rows) Fit(
        FeatureMatrix features, IReadOnlyList<string?> known, IReadOnlyList<string?> things)
    {
        UnitRows.Normalize(features);
        var context = new FitContext(components.Seed, cancellationToken);
        var projection = components.Reducer.Fit(features, context);
        var rows = RowPipeline.Reduce(features, projection);
        var categories = components.Categories?.Learn(
            rows, known, context, new RowFacts(things, KnownPhotos.Of(components.Extractor, features)));
        var images = rows;
        rows = categories?.Fuse(rows, known) ?? rows;
        return (new RowPipeline(projection, categories, components.Clusterer.Fit(rows, context),
            ScoreDistribution.Of(categories?.IsFirst == true ? images : rows, components.Seed)), rows);
    }

    private async Task ExtractAsync(List<PendingImage<TItem>> images)
    {
        _meter.Enter(BuildStage.Extracting);
        var pipeline = Pipeline();
        bool IsKnown(PendingImage<TItem> image) => _done.TryGetValue(image.Key, out var hash) && hash == image.Hash;
        await foreach (var batch in _computer.ComputeAsync(images, IsKnown, cancellationToken).ConfigureAwait(false))
        {
            var rows = pipeline.ToUnitRows(batch.Features, [.. batch.Computed.Select(p => p.Entry.Category)]);
            file.Atomically(() =>
            {
                for (var i = 0; i < batch.Computed.Count; i++)
                    Write(batch.Computed[i], batch.Computed[i].Hash, rows[i], pipeline);
                foreach (var image in Refuse(batch.Unreadable))
                    Withdraw(image);
            });
            _meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
    }

    private void Write(PendingImage<TItem> image, UInt128 hash, ReadOnlySpan<float> row, RowPipeline pipeline)
    {
        var (cluster, distance) = pipeline.AssignCluster(row);
        _target.Write(image.ToStored(cluster, distance) with { Hash = hash }, row);
    }

    /// <summary>Deletes the row that an interrupted run computed for an image that can no longer be read; the key stays planned.</summary>
    private void Withdraw(PendingImage<TItem> image)
    {
        if (_target != file.Items || !_done.ContainsKey(image.Key))
            return;
        file.Items.Delete(image.Key);
        file.Items.InsertPlanned(image.ToPlanned());
    }

    private IReadOnlyList<PendingImage<TItem>> Refuse(IReadOnlyList<PendingImage<TItem>> images)
    {
        foreach (var image in images)
        {
            if (components.UnreadableImages == UnreadableImages.Throw)
                throw new UnreadableImageException($"Item '{image.Entry.Id}': {image.Failure}");
            _unreadable.Add(new UnreadableItem(image.Entry.Id, image.Failure!));
        }
        return images;
    }

    private void WriteUnreadable()
    {
        file.Items.ClearUnreadable();
        foreach (var item in _unreadable)
            file.Items.WriteUnreadable(item.Id, item.Reason);
    }

    private void Compact()
    {
        try
        {
            file.Compact();
        }
        catch (CatalogFileException)
        {
            // No room for the copy: everything is there, the gaps stay until another time.
        }
    }

    private string? Json(CatalogEntry<TItem> entry) => file.Path is null ? null : components.ItemJson<TItem>().Serialize(entry);
}
