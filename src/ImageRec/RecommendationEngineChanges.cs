using System.Text.Json;
using ImageRec.Building;
using ImageRec.Storage;
using ImageRec.Vectors;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>Adds products, or replaces those whose id the catalogue has. All of them are there afterwards, or, when it fails, none.</summary>
    /// <param name="products">The products, such as <c>items.ToCatalog(...)</c>. Pictures that are unchanged are not computed again.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>What was done; products whose picture cannot be read are listed there and left as they were.</returns>
    /// <exception cref="CatalogException">An id is empty or occurs twice.</exception>
    /// <exception cref="CatalogFileException">The file cannot be written.</exception>
    public async Task<BuildReport> UpsertAsync(ImageCatalog<TItem> products, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(products);
        var entries = CatalogList.Read(products, cancellationToken);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var meter = new ProgressMeter(null, entries.Count);
            var nextKey = _file.Items.NextKey();
            var pictures = entries.Select(e => new Picture<TItem>(_items.ById(e.Id)?.Key ?? nextKey++, e, Serialize(e))).ToList();
            var records = new List<ItemRecord<TItem>>();
            var unreadable = new List<UnreadableItem>();
            var keys = new List<int>();
            var rows = new List<FeatureMatrix>();
            var known = new List<Picture<TItem>>();
            bool IsKnown(Picture<TItem> picture)
            {
                if (_items.ById(picture.Entry.Id)?.Hash != picture.Hash)
                    return false;
                known.Add(picture);
                return true;
            }
            await foreach (var batch in new FeatureComputer(_components.Extractor, _components.Limits).ComputeAsync(pictures, IsKnown, cancellationToken).ConfigureAwait(false))
            {
                var unitRows = _pipeline.ToUnitRows(batch.Features, [.. batch.Computed.Select(p => p.Entry.Category)]);
                rows.Add(unitRows);
                for (var i = 0; i < batch.Computed.Count; i++)
                    records.Add(new ItemRecord<TItem>(Stored(batch.Computed[i], unitRows[i]), batch.Computed[i].Entry.Item));
                keys.AddRange(batch.Computed.Select(p => p.Key));
                unreadable.AddRange(batch.Unreadable.Select(p => new UnreadableItem(p.Entry.Id, p.Failure!)));
                meter.Add(batch.Computed.Count, batch.Known, batch.Unreadable.Count);
            }
            foreach (var picture in known.FindAll(ChangesRow))
            {
                var row = await RelabelledAsync(picture, cancellationToken).ConfigureAwait(false);
                rows.Add(row);
                records.Add(new ItemRecord<TItem>(Stored(picture, row[0]), picture.Entry.Item));
                keys.Add(picture.Key);
                known.Remove(picture);
            }
            var all = Concatenate(rows, keys.Count);
            var renewed = known.ConvertAll(p => (Stored: Stored(p), p.Entry.Item));
            var json = pictures.ToDictionary(p => p.Key, p => p.Json);
            _file.Atomically(() =>
            {
                for (var i = 0; i < records.Count; i++)
                    _file.Items.Write(records[i].ToStored(json[records[i].Key]), all[i]);
                foreach (var (stored, _) in renewed)
                    _file.Items.Rewrite(stored);
            });
            foreach (var record in records.Concat(renewed.Select(r => new ItemRecord<TItem>(r.Stored, r.Item))))
                _items.Set(record);
            _changedRows += keys.Count;
            if (keys.Count > 0)
                await _recommender.UpsertAsync(keys.ToArray(), all, CancellationToken.None).ConfigureAwait(false);
            return new BuildReport
            {
                Items = Count, Computed = meter.Computed, Reused = pictures.Count - meter.Computed - unreadable.Count, Unreadable = unreadable, Elapsed = meter.Elapsed,
            };
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Removes products; ids that the catalogue lacks are ignored.</summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="CatalogFileException">The file cannot be written.</exception>
    public async Task<int> RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var records = ids.Distinct(StringComparer.Ordinal).Select(_items.ById).OfType<ItemRecord<TItem>>().ToList();
            _file.Atomically(() => records.ForEach(r => _file.Items.Delete(r.Key)));
            await _recommender.RemoveAsync(records.ConvertAll(r => r.Key).ToArray(), CancellationToken.None).ConfigureAwait(false);
            records.ForEach(_items.Remove);
            _changedRows += records.Count;
            return records.Count;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Removes one product.</summary>
    /// <inheritdoc cref="RemoveAsync(IEnumerable{string}, CancellationToken)" />
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await RemoveAsync([id], cancellationToken).ConfigureAwait(false) == 1;
    }

    private string? Serialize(CatalogEntry<TItem> entry) => _file.Path is null ? null : ItemJson.Serialize(entry, _components.Json);

    private StoredItem Stored(Picture<TItem> picture, ReadOnlySpan<float> row)
    {
        var (cluster, distance) = _pipeline.Place(row);
        return picture.ToStored(cluster, distance);
    }

    /// <summary>Whether an unchanged picture gets another row because its category is another.</summary>
    private bool ChangesRow(Picture<TItem> unchanged) =>
        _pipeline.Categories?.Part is not null && _items.ById(unchanged.Entry.Id)!.Category != unchanged.Entry.Category;

    private async Task<FeatureMatrix> RelabelledAsync(Picture<TItem> unchanged, CancellationToken cancellationToken)
    {
        var row = new float[Dimensions];
        await _recommender.TryGetRowAsync(unchanged.Key, row, cancellationToken).ConfigureAwait(false);
        return FeatureMatrix.Wrap(_pipeline.Relabel(row, unchanged.Entry.Category), Dimensions);
    }

    private StoredItem Stored(Picture<TItem> unchanged)
    {
        var old = _items.ById(unchanged.Entry.Id)!;
        return unchanged.ToStored(old.Cluster, old.Distance);
    }

    private FeatureMatrix Concatenate(List<FeatureMatrix> parts, int count)
    {
        var all = new FeatureMatrix(count, Dimensions);
        var row = 0;
        foreach (var part in parts)
        {
            part.Values.CopyTo(all.Values[(row * Dimensions)..]);
            row += part.Rows;
        }
        return all;
    }
}
