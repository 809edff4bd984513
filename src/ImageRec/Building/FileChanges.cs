using System.Globalization;
using ImageRec.Answering;
using ImageRec.Storage;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Holds what a file has that an engine's moment has not.</summary>
/// <param name="Removed">Items that were removed.</param>
/// <param name="Changed">Keys that are new or changed, ascending.</param>
/// <param name="Pipeline">The models.</param>
/// <param name="Models">Their checksum.</param>
/// <param name="Position">The file's position in its log.</param>
internal sealed record FileChanges<TItem>(
    IReadOnlyList<ItemRecord<TItem>> Removed, IReadOnlyList<int> Changed, RowPipeline Pipeline, long Models, LogPosition Position)
{
    private ItemJson<TItem>? _json;

    /// <summary>Compares a moment with a file, by the file's log of changes where it goes back so far, else item by item.</summary>
    /// <returns>Null when nothing has changed.</returns>
    /// <exception cref="CatalogFileException">The file holds another catalog than the engine can follow.</exception>
    public static FileChanges<TItem>? Since(
        Moment<TItem> before, CatalogFile file, Components components, CancellationToken cancellationToken)
    {
        var position = file.Guard(file.Log.Read);
        if (position == before.Position)
            return null;
        var (pipeline, models) = (before.Pipeline, before.Models);
        var keys = file.Guard(() => file.Log.Since(before.Position));
        if (keys is null)
        {
            StoredSettings.Require<TItem>(file, components);
            models = PipelineState.Checksum(file);
            if (models != before.Models)
                pipeline = Renewed(before, file, components);
        }
        cancellationToken.ThrowIfCancellationRequested();
        var (removed, changed) = keys is null ? Compare(before.Items, file.Items.Checksums()) : Split(before.Items, keys, file);
        return new FileChanges<TItem>(removed, changed, pipeline, models, position) { _json = components.ItemJson<TItem>() };
    }

    /// <summary>Reads the changed items with their rows.</summary>
    public IEnumerable<(List<ItemRecord<TItem>> Records, FeatureMatrix Rows)> Read(
        CatalogFile file, Dictionary<string, TItem>? own, int blockRows, CancellationToken cancellationToken)
    {
        foreach (var keys in Changed.Chunk(blockRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (records, rows) = (new List<ItemRecord<TItem>>(keys.Length), new FeatureMatrix(keys.Length, Pipeline.Dimensions));
            foreach (var key in keys)
            {
                var (item, row) = file.Items.Read(key, Pipeline.Dimensions)
                    ?? throw file.Damaged($"the item with key {key.ToString(CultureInfo.InvariantCulture)} is missing");
                row.CopyTo(rows[records.Count]);
                var number = Pipeline.CategoryOf(row);
                records.Add(own is not null && own.TryGetValue(item.Id, out var mine)
                    ? new(item, number, mine)
                    : new(item, number, _json!));
            }
            yield return (records, rows);
        }
    }

    private static RowPipeline Renewed(Moment<TItem> before, CatalogFile file, Components components)
    {
        var pipeline = PipelineState.Load(file, components);
        return pipeline.Dimensions == before.Pipeline.Dimensions ? pipeline : throw new CatalogFileException(
            $"'{file.Name}' was replaced by a catalog with {pipeline.Dimensions.ToString(CultureInfo.InvariantCulture)} dimensions "
            + "per row; "
            + $"this engine has {before.Pipeline.Dimensions.ToString(CultureInfo.InvariantCulture)}. Dispose it and open the file anew.");
    }

    private static (List<ItemRecord<TItem>> Removed, List<int> Changed) Split(
        ItemTable<TItem> items, IReadOnlyList<int> keys, CatalogFile file)
    {
        var (removed, changed) = (new List<ItemRecord<TItem>>(), new List<int>());
        foreach (var key in keys)
        {
            if (file.Guard(() => file.Items.Has(key)))
                changed.Add(key);
            else if (items.ByKey(key) is { } record)
                removed.Add(record);
        }
        return (removed, changed);
    }

    private static (List<ItemRecord<TItem>> Removed, List<int> Changed) Compare(ItemTable<TItem> items, List<(int Key, long Checksum)> now)
    {
        var kept = now.Select(item => item.Key).ToHashSet();
        return ([.. items.InOrder.Where(record => !kept.Contains(record.Key))],
            [.. now.Where(item => items.ByKey(item.Key)?.Checksum != item.Checksum).Select(item => item.Key)]);
    }
}
