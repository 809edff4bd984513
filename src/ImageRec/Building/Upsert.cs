using ImageRec.Answering;
using ImageRec.Storage;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Brings items into a running engine: computed first, then written all at once.</summary>
internal sealed class Upsert<TItem>(CatalogFile file, Components components, Moment<TItem> moment, ItemJson<TItem> json)
{
    private readonly List<(PendingImage<TItem> Image, StoredItem Item)> _computed = [];
    private readonly List<FeatureMatrix> _rows = [];
    private readonly List<PendingImage<TItem>> _known = [];

    /// <summary>Gets how many items were written.</summary>
    public int Changes { get; private set; }

    /// <summary>Computes the rows that are needed. Nothing has changed afterwards.</summary>
    public async Task<BuildReport> ComputeAsync(
        IReadOnlyList<CatalogEntry<TItem>> entries, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(progress, entries.Count);
        meter.Enter(BuildStage.Extracting);
        // Both, in case the file is damaged in a way that its own highest key does not show.
        // And the keys that an interrupted rebuild has assigned.
        var nextKey = Math.Max(Math.Max(file.Items.NextKey(), file.Staged.NextKey()), moment.Items.NextKey);
        var images = entries.Select(
            e => new PendingImage<TItem>(moment.Items.ById(e.Id)?.Key ?? nextKey++, e, file.Path is null ? null : json.Serialize(e)))
            .ToList();
        var unreadable = new List<UnreadableItem>();
        bool IsKnown(PendingImage<TItem> image)
        {
            if (moment.Items.ById(image.Entry.Id)?.Hash != image.Hash)
                return false;
            _known.Add(image);
            return true;
        }
        // A few items of a running app: each that the network cannot take is listed, however many they are.
        var computer = new FeatureComputer(components.Extractor, components.Limits) { FailWhenMostAreInvalid = false };
        await foreach (var batch in computer.ComputeAsync(images, IsKnown, cancellationToken).ConfigureAwait(false))
        {
            if (components.UnreadableImages == UnreadableImages.Throw && batch.Unreadable is [var first, ..])
                throw new UnreadableImageException($"Item '{first.Entry.Id}': {first.Failure}");
            var rows = moment.Pipeline.ToUnitRows(batch.Features, [.. batch.Computed.Select(p => p.Entry.Category)]);
            _rows.Add(rows);
            for (var i = 0; i < batch.Computed.Count; i++)
            {
                var (cluster, distance) = moment.Pipeline.AssignCluster(rows[i]);
                _computed.Add((batch.Computed[i], batch.Computed[i].ToStored(cluster, distance)));
            }
            unreadable.AddRange(batch.Unreadable.Select(p => new UnreadableItem(p.Entry.Id, p.Failure!)));
            meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
        }
        cancellationToken.ThrowIfCancellationRequested();
        return new BuildReport
        {
            Items = moment.Items.Count,
            Computed = meter.Computed,
            Reused = images.Count - meter.Computed - unreadable.Count,
            Unreadable = unreadable,
            Elapsed = meter.Elapsed,
        };
    }

    /// <summary>Writes everything into the open transaction.</summary>
    public async ValueTask WriteAsync(ItemTable<TItem>.Change items, RowChange rowChange)
    {
        var next = 0;
        foreach (var rows in _rows)
        {
            var keys = new int[rows.Rows];
            for (var i = 0; i < rows.Rows; i++, next++)
            {
                var (image, item) = _computed[next];
                Set(items, image, file.Items.Write(item, rows[i]), rows[i]);
                keys[i] = item.Key;
            }
            await rowChange.UpsertAsync(keys, rows).ConfigureAwait(false);
        }
        await WriteKnownAsync(items, rowChange).ConfigureAwait(false);
    }

    /// <summary>Writes what has changed besides the images of items whose image is unchanged.</summary>
    private async ValueTask WriteKnownAsync(ItemTable<TItem>.Change items, RowChange rowChange)
    {
        var (keys, relabeled) = (new List<int>(), new List<float[]>());
        foreach (var image in _known)
        {
            var dimensions = moment.Pipeline.Dimensions;
            var (item, row) = file.Items.Read(image.Key, dimensions) ?? throw file.Damaged($"item '{image.Entry.Id}' is missing");
            var category = image.Entry.Category;
            if (item.Category != category && moment.Pipeline.Categories?.Part is not null)
            {
                row = moment.Pipeline.Relabel(row, category);
                var (cluster, distance) = moment.Pipeline.AssignCluster(row);
                item = item with { Cluster = cluster, Distance = distance };
                keys.Add(image.Key);
                relabeled.Add(row);
            }
            Set(items, image, item.Category != category || item.Json != image.Json
                ? file.Items.Write(item with { Category = category, Json = image.Json }, row)
                : item, row);
        }
        if (keys.Count > 0)
            await rowChange.UpsertAsync([.. keys], FeatureMatrix.Wrap([.. relabeled.SelectMany(row => row)], moment.Pipeline.Dimensions))
                .ConfigureAwait(false);
    }

    private void Set(ItemTable<TItem>.Change items, PendingImage<TItem> image, StoredItem item, ReadOnlySpan<float> row)
    {
        items.Set(new ItemRecord<TItem>(item, moment.Pipeline.CategoryOf(row), image.Entry.Item));
        Changes++;
    }
}
