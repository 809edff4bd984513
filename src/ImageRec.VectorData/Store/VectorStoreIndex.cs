using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageRec.Sharing.Stores;
using Microsoft.Extensions.VectorData;
using static System.FormattableString;

namespace ImageRec.VectorData.Store;

/// <summary>Stores a shared catalog in two collections of a vector store: one of the fitted pipeline and one of the items.</summary>
/// <remarks>
/// The items of each fit have a collection of their own: when two workers have fitted at once all the same, their rows never meet.
/// </remarks>
/// <param name="calls">The store.</param>
/// <param name="fields">How records are written.</param>
/// <param name="count">Counts the records of a collection; null to read them all.</param>
internal sealed class VectorStoreIndex(StoreCalls calls, RecordFields fields, Func<string, CancellationToken, Task<long>>? count)
    : ISharedIndex
{
    private const string Manifest = "catalog";
    private const string Tuning = "search";
    private const int PageItems = 512;
    private const int FitLetters = 8;
    private const float UnitTolerance = 1e-3f;
    private readonly NoteCollection _notes = new(calls, fields);
    private readonly Dictionary<string, (string Note, long Since)> _seen = [];
    private VectorStoreCollection<object, Dictionary<string, object?>>? _items;
    private CatalogManifest? _manifest;
    private bool _refusesFilters;

    public string Name => calls.Catalog;

    public string Kind => $"vector store {calls.Kind}";

    public int UsualEffort => 100;

    /// <summary>Gets or sets how long a write may take before others see it.</summary>
    internal TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long the holder of a lease may be silent before others take it.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    private VectorStoreCollection<object, Dictionary<string, object?>> Items =>
        _items ?? throw new InvalidOperationException("The catalog is not placed yet.");

    /// <summary>Sees that the store can be reached.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => _notes.ExistsAsync(cancellationToken);

    public async Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        if (!await _notes.ExistsAsync(cancellationToken).ConfigureAwait(false)
            || await _notes.ReadAsync(Manifest, cancellationToken).ConfigureAwait(false) is not { } json)
            return null;
        CatalogManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, SharedJson.Default.CatalogManifest)!;
        }
        catch (JsonException e)
        {
            throw calls.Damaged($"what describes it cannot be read ({e.Message})");
        }
        return manifest.Version <= CatalogManifest.CurrentVersion ? manifest : throw new SharedCatalogException(
            Invariant($"'{Name}' was written by a newer version (format {manifest.Version}; this one reads up to ")
            + Invariant($"{CatalogManifest.CurrentVersion}). Update the package ImageRec.VectorData."));
    }

    public void Use(CatalogManifest manifest)
    {
        if (_manifest?.Fit == manifest.Fit)
            return;
        _items?.Dispose();
        (_manifest, _items) = (manifest, ItemsOf(manifest));
    }

    public async Task<bool> PublishAsync(
        CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken)
    {
        foreach (var name in manifest.Attributes)
            if (name.StartsWith("imagerec_", StringComparison.OrdinalIgnoreCase))
                throw new SharedCatalogException(
                    $"The attribute '{name}' cannot be declared: names that begin with 'imagerec_' are the library's own. Rename it in "
                    + "JSON.");
        await _notes.EnsureExistsAsync(cancellationToken).ConfigureAwait(false);
        var entries = new SortedDictionary<string, BlobEntry>(StringComparer.Ordinal);
        foreach (var (name, data) in blobs)
            entries.Add(name, await _notes.WriteBlobAsync(manifest.Fit, name, data, cancellationToken).ConfigureAwait(false));
        manifest = manifest with { Blobs = entries };
        using (var items = ItemsOf(manifest))
            await calls.RunAsync(() => items.EnsureCollectionExistsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        // Nothing here is written only where there is none: the last writer has published, and the others find that out.
        if (await ReadManifestAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await _notes.WriteAsync(
                Manifest, JsonSerializer.Serialize(manifest, SharedJson.Default.CatalogManifest), cancellationToken).ConfigureAwait(false);
            await Task.Delay(Settle, cancellationToken).ConfigureAwait(false);
            if ((await ReadManifestAsync(cancellationToken).ConfigureAwait(false))?.Fit == manifest.Fit)
                return true;
        }
        await DeleteFitAsync(manifest, cancellationToken).ConfigureAwait(false);
        return false;
    }

    public Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken) =>
        _notes.ReadBlobAsync(manifest, name, cancellationToken);

    public async Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken) =>
        await _notes.ReadAsync(Tuning, cancellationToken).ConfigureAwait(false) is { } json
            ? JsonSerializer.Deserialize(json, SharedJson.Default.SearchTuning)
            : null;

    public Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken) =>
        _notes.WriteAsync(Tuning, JsonSerializer.Serialize(tuning, SharedJson.Default.SearchTuning), cancellationToken);

    public async Task<ISharedLease?> TryLeaseAsync(string right, CancellationToken cancellationToken)
    {
        await _notes.EnsureExistsAsync(cancellationToken).ConfigureAwait(false);
        var name = $"lease:{right}";
        if (await _notes.ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } note && !IsSilent(name, note))
            return null;
        return await BeatLease.TakeAsync(_notes, name, Settle, cancellationToken).ConfigureAwait(false);
    }

    public async Task<SharedRecord?[]> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(ids, rows: false, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    public async Task<float[]?[]> GetRowsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(ids, rows: true, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => found.TryGetValue(id, out var record) ? Checked(record).ToArray() : null)];
    }

    public async Task<(SharedRecord?[] Records, float[]?[] Rows)> GetPairsAsync(
        IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(ids, rows: true, cancellationToken).ConfigureAwait(false);
        var records = ids.Select(id => found.GetValueOrDefault(id)).ToArray();
        return (records, [.. records.Select(record => record is null ? null : Checked(record).ToArray())]);
    }

    public async Task PutAsync(
        IReadOnlyList<SharedRecord> records, IReadOnlyList<SharedRecord> replaced, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        foreach (var record in records)
            RequireUnit(record);
        var written = records.Select(record => fields.Write(record, _manifest!)).ToList();
        await calls.RunAsync(() => Items.UpsertAsync(written, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var there = await ReadAsync(ids, rows: false, cancellationToken).ConfigureAwait(false);
        if (there.Count > 0)
            await calls.RunAsync(() => Items.DeleteAsync(there.Keys.Select(fields.KeyOf).ToList(), cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        return there.Count;
    }

    public async Task<long[]> CountAsync(CancellationToken cancellationToken)
    {
        if (count is not null)
            return [await calls.RunAsync(() => count(Items.Name, cancellationToken), cancellationToken).ConfigureAwait(false)];
        var all = 0L;
        await foreach (var page in ListAsync(cancellationToken).ConfigureAwait(false))
            all += page.Count;
        return [all];
    }

    public async Task<ShardAnswer?[]> SearchAsync(
        ReadOnlyMemory<float> unitQuery, IReadOnlyList<int> depths, int effort, AttributeFilter? filter,
        CancellationToken cancellationToken)
    {
        if (depths[0] == 0)
            return [null];
        // What says how many a provider looks at is how many it is asked for.
        var top = Math.Max(depths[0], effort);
        if (filter is not null && !_refusesFilters)
        {
            try
            {
                return [await SearchAsync(unitQuery, top, RecordFilter.Of(filter), cancellationToken).ConfigureAwait(false)];
            }
            catch (SharedCatalogException e) when (IsRefusal(e.InnerException))
            {
                // It is asked without, and what comes back is judged. Where that fails as well, it was not the filter.
                var answer = await SearchAsync(unitQuery, top, filter: null, cancellationToken).ConfigureAwait(false);
                _refusesFilters = true;
                return [answer];
            }
        }
        return [await SearchAsync(unitQuery, top, filter: null, cancellationToken).ConfigureAwait(false)];
    }

    public async Task<IReadOnlyList<string>> FindPictureAsync(UInt128 picture, CancellationToken cancellationToken)
    {
        var hex = RecordFields.Hex(picture);
        var found = await calls.ListAsync(
            () => Items.GetAsync(RecordFilter.TextIs(RecordFields.Picture, hex), PageItems, options: null, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return [.. found.Select(record => Read(record).Id).Order(StringComparer.Ordinal)];
    }

    public async IAsyncEnumerable<IReadOnlyList<string>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, before) = (0L, new HashSet<string>(StringComparer.Ordinal));
        while (true)
        {
            var options = new FilteredRecordRetrievalOptions<Dictionary<string, object?>>
            {
                OrderBy = order => order.Ascending(RecordFilter.Order(RecordFields.Position)),
            };
            var page = await calls.ListAsync(
                () => Items.GetAsync(RecordFilter.AtLeast(RecordFields.Position, from), PageItems, options, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            var ids = page.ConvertAll(record => Read(record).Id);
            if (ids.Where(id => !before.Contains(id)).ToList() is { Count: > 0 } others)
                yield return others;
            if (page.Count < PageItems)
                yield break;
            // The next page begins with the last position again: two ids may have one.
            from = RecordFields.PositionOf(ids[^1]);
            before = [.. ids];
        }
    }

    public async Task<IReadOnlyList<ShardHealth>> CheckAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var problem = (string?)null;
        try
        {
            // Counting would read all items.
            await _notes.ReadAsync(Manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (SharedCatalogException e)
        {
            problem = e.Message;
        }
        return [new ShardHealth { Shard = 0, Server = Kind, Latency = Stopwatch.GetElapsedTime(start), Problem = problem }];
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        // What describes it first: nobody opens what is half gone. Then the items of every fit, those of a killed worker among them.
        var names = await calls.ListAsync(() => calls.Store.ListCollectionNamesAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        await _notes.DeleteAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var name in names.Where(name => IsOfItems(Name, name)
            // Another catalog may be called as items of this one are.
            && !names.Exists(other => IsOfItems(name, other))))
            await calls.RunAsync(() => calls.Store.EnsureCollectionDeletedAsync(name, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _items?.Dispose();
        _notes.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsRefusal(Exception? e) => (e is VectorStoreException { InnerException: { } inner } ? inner : e)
        is NotSupportedException or InvalidOperationException or InvalidCastException or ArgumentException or NotImplementedException;

    private VectorStoreCollection<object, Dictionary<string, object?>> ItemsOf(CatalogManifest manifest) =>
        calls.Store.GetDynamicCollection($"{Name}-{manifest.Fit[..FitLetters]}", fields.OfItems(manifest));

    private static bool IsOfItems(string catalog, string collection) => collection.Length == catalog.Length + 1 + FitLetters
        && collection.StartsWith($"{catalog}-", StringComparison.Ordinal) && collection[^FitLetters..].All(char.IsAsciiHexDigitLower);

    private async Task DeleteFitAsync(CatalogManifest manifest, CancellationToken cancellationToken)
    {
        await _notes.DeleteBlobsAsync(manifest, cancellationToken).ConfigureAwait(false);
        using var items = ItemsOf(manifest);
        await calls.RunAsync(() => items.EnsureCollectionDeletedAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private bool IsSilent(string lease, string note)
    {
        if (!_seen.TryGetValue(lease, out var seen) || seen.Note != note)
            _seen[lease] = seen = (note, Stopwatch.GetTimestamp());
        return Stopwatch.GetElapsedTime(seen.Since) > Silence;
    }

    private async Task<ShardAnswer> SearchAsync(
        ReadOnlyMemory<float> unitQuery, int top, System.Linq.Expressions.Expression<Func<Dictionary<string, object?>, bool>>? filter,
        CancellationToken cancellationToken)
    {
        var options = new VectorSearchOptions<Dictionary<string, object?>> { Filter = filter, IncludeVectors = true };
        var found = await calls.ListAsync(() => Items.SearchAsync(unitQuery, top, options, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        // Providers write scores in many ways; the rows say them all alike.
        return new ShardAnswer(
            [.. found.Select(hit => Read(hit.Record)).Select(record => (record, TensorPrimitives.Dot(unitQuery.Span, Checked(record).Span)))
                .OrderByDescending(hit => hit.Item2)]);
    }

    private async Task<Dictionary<string, SharedRecord>> ReadAsync(
        IReadOnlyList<string> ids, bool rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SharedRecord>(StringComparer.Ordinal);
        foreach (var page in ids.Chunk(PageItems))
        {
            var keys = page.Select(fields.KeyOf).Distinct().ToList();
            foreach (var record in await calls.ListAsync(
                () => Items.GetAsync(keys, new RecordRetrievalOptions { IncludeVectors = rows }, cancellationToken), cancellationToken)
                .ConfigureAwait(false))
            {
                var read = Read(record);
                found[read.Id] = read;
            }
        }
        return found;
    }

    private SharedRecord Read(Dictionary<string, object?> record)
    {
        try
        {
            return RecordFields.Read(record);
        }
        catch (InvalidDataException e)
        {
            throw calls.Damaged(e.Message);
        }
    }

    private ReadOnlyMemory<float> Checked(SharedRecord record) => record.Row.Length == _manifest!.Dimensions
        ? record.Row
        : throw calls.Damaged(Invariant($"the row of item '{record.Id}' has {record.Row.Length} values, not {_manifest.Dimensions}"));

    private void RequireUnit(SharedRecord record)
    {
        var row = record.Row.Span;
        if (row.Length != _manifest!.Dimensions || !TensorPrimitives.IsFiniteAll(row)
            || !(MathF.Abs(TensorPrimitives.Norm(row) - 1) <= UnitTolerance))
            throw new SharedCatalogException(
                Invariant($"The row of item '{record.Id}' has {row.Length} dimensions and is not what '{Name}' keeps: ")
                + Invariant($"{_manifest.Dimensions} finite values of length 1. See what the extractor and the reducer return for it."));
    }
}
