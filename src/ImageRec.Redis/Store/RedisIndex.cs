using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Stores a shared catalog in Garnet or Redis 8: a vector set per shard, an element with attributes per item.</summary>
/// <remarks>
/// No transaction ever holds a command of vector sets: Garnet hangs on the key afterwards. An item is one command, so it needs none. The
/// lists of images are hints beside it: written before the item and again after it, removed after it, verified whenever they are read.
/// </remarks>
internal sealed class RedisIndex : ISharedIndex
{
    private const int PageIds = 256;

    // A row is written by a walk through its graph: more of them at once would wait for each other until they time out.
    private const int WritesAtOnce = 32;
    private const float UnitTolerance = 1e-3f;
    private readonly StoreConnection _store;
    private readonly bool _readFromReplicas;
    private readonly TimeSpan? _partialAfter;
    private readonly CatalogKeys _keys;
    private readonly PublishedFit _fit;
    private readonly ShardReader _reader;
    private int _dimensions;

    /// <param name="store">The servers.</param>
    /// <param name="readFromReplicas">Whether queries may be answered by replicas.</param>
    /// <param name="partialAfter">How long a query waits for a shard before it is answered without it; null where that is an error.</param>
    public RedisIndex(StoreConnection store, bool readFromReplicas, TimeSpan? partialAfter)
    {
        (_store, _keys) = (store, new CatalogKeys(store.Catalog));
        (_readFromReplicas, _partialAfter) = (readFromReplicas, partialAfter);
        _fit = new PublishedFit(store, _keys);
        _reader = new ShardReader(store, preferReplicas: false);
    }

    private RedisIndex(RedisIndex index, ShardReader reader)
    {
        (_store, _keys, _partialAfter, _readFromReplicas) = (index._store, index._keys, index._partialAfter, index._readFromReplicas);
        (_fit, _reader, _dimensions) = (index._fit, reader, index._dimensions);
    }

    public string Name => _store.Catalog;

    public string Kind => $"vector sets of {_store.Dialect.Store}";

    public void Use(CatalogManifest manifest)
    {
        _keys.Place(manifest.Shards);
        _dimensions = manifest.Dimensions;
    }

    public Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken) => _fit.ReadManifestAsync(cancellationToken);

    public Task<bool> PublishAsync(
        CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken) =>
        _fit.PublishAsync(manifest, blobs, cancellationToken);

    public Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken) =>
        _fit.ReadBlobAsync(manifest, name, cancellationToken);

    public Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken) => _fit.ReadTuningAsync(cancellationToken);

    public Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken) =>
        _fit.WriteTuningAsync(tuning, cancellationToken);

    public Task<ISharedLease?> TryLeaseAsync(string right, CancellationToken cancellationToken) =>
        _fit.TryLeaseAsync(right, cancellationToken);

    public async Task<SharedRecord?[]> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var replies = await ForEachAsync(ids, VectorSetDialect.Attributes, cancellationToken).ConfigureAwait(false);
        return [.. replies.Select((reply, i) => (byte[]?)reply is { } json ? Record(ids[i], json) : null)];
    }

    public async Task<float[]?[]> GetRowsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var replies = await ForEachAsync(ids, VectorSetDialect.Row, cancellationToken).ConfigureAwait(false);
        return [.. replies.Select((reply, i) => RowOf(ids[i], reply))];
    }

    public async Task PutAsync(
        IReadOnlyList<SharedRecord> records, IReadOnlyList<SharedRecord> replaced, CancellationToken cancellationToken)
    {
        foreach (var record in records)
            RequireUnit(record);
        await ListPicturesAsync(records, cancellationToken).ConfigureAwait(false);
        foreach (var part in records.Chunk(WritesAtOnce))
            await Task.WhenAll(part.Select(record =>
            {
                var shard = _keys.ShardOf(record.Id);
                var add = _store.Dialect.Add(_keys.Rows(shard), record.Id, record.Row, RecordJson.Write(record));
                return OnShardAsync(shard, add, cancellationToken);
            })).ConfigureAwait(false);
        // Again, in case another writer removed the same item in between.
        await ListPicturesAsync(records, cancellationToken).ConfigureAwait(false);
        await UnlistPicturesAsync(replaced, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var before = await GetAsync(ids, cancellationToken).ConfigureAwait(false);
        var replies = await ForEachAsync(ids, VectorSetDialect.Remove, cancellationToken).ConfigureAwait(false);
        await UnlistPicturesAsync([.. before.OfType<SharedRecord>()], cancellationToken).ConfigureAwait(false);
        return replies.Count(reply => (int)reply! == 1);
    }

    public async Task<long[]> CountAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, _keys.Shards)
            .Select(shard => OnShardAsync(shard, VectorSetDialect.Count(_keys.Rows(shard)), cancellationToken))).ConfigureAwait(false))
            .Select(reply => reply is null ? 0 : (long)reply)];

    public async Task<ShardAnswer?[]> SearchAsync(
        ReadOnlyMemory<float> unitQuery, IReadOnlyList<int> depths, int effort, AttributeFilter? filter,
        CancellationToken cancellationToken)
    {
        var query = VectorSetDialect.Bytes(unitQuery.Span);
        return await Task.WhenAll(depths.Select(async (depth, shard) => depth == 0
            ? null
            : Answer(await OnShardAsync(
                shard, _store.Dialect.Search(_keys.Rows(shard), query, depth, effort, filter), cancellationToken).ConfigureAwait(false))))
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> FindPictureAsync(UInt128 picture, CancellationToken cancellationToken)
    {
        var (first, after) = PictureEntry.RangeOf(picture);
        var key = _keys.Pictures(picture);
        var found = await _reader.AskAsync(
            _keys.ShardOf(picture), key, new StoreCommand("ZRANGEBYLEX", key, $"[{first}", $"({after}"), cancellationToken)
            .ConfigureAwait(false);
        return [.. Entries(found).Select(PictureEntry.IdOf).Order(StringComparer.Ordinal)];
    }

    public async IAsyncEnumerable<IReadOnlyList<string>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (shard, key) in _keys.AllPictures())
        {
            var from = "-";
            while (true)
            {
                var page = Entries(await _reader.AskAsync(
                    shard, key, new StoreCommand("ZRANGEBYLEX", key, from, "+", "LIMIT", 0, PageIds), cancellationToken)
                    .ConfigureAwait(false));
                if (page.Length > 0)
                    yield return [.. page.Select(PictureEntry.IdOf)];
                if (page.Length < PageIds)
                    break;
                from = $"({page[^1]}";
            }
        }
    }

    public ISharedIndex ForQuery(AwayShards? away) => new RedisIndex(this, away is not null && _partialAfter is { } patience
        ? new ShardReader(_store, _readFromReplicas, patience, away)
        : new ShardReader(_store, _readFromReplicas));

    public async Task<IReadOnlyList<ShardHealth>> CheckAsync(CancellationToken cancellationToken)
    {
        await _store.LookAgainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(Enumerable.Range(0, _keys.Shards).Select(shard => CheckAsync(shard, cancellationToken)))
            .ConfigureAwait(false);
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var manifest = await _fit.ReadManifestAsync(cancellationToken).ConfigureAwait(false)
            ?? await _fit.ReadDeletingAsync(cancellationToken).ConfigureAwait(false);
        if (manifest is null)
            return;
        Use(manifest);
        await _fit.WriteDeletingAsync(manifest, cancellationToken).ConfigureAwait(false);
        // First, so that nobody opens what is half gone.
        await DeleteAsync(shard: null, _keys.Manifest, cancellationToken).ConfigureAwait(false);
        for (var shard = 0; shard < _keys.Shards; shard++)
            await DeleteAsync(shard, _keys.Rows(shard), cancellationToken).ConfigureAwait(false);
        foreach (var (shard, key) in _keys.AllPictures())
            await DeleteAsync(shard, key, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(shard: null, _keys.Tuning, cancellationToken).ConfigureAwait(false);
        await _fit.DeleteBlobsAsync(manifest, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(shard: null, _keys.Deleting, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<RedisResult> DeleteAsync(int? shard, RedisKey key, CancellationToken cancellationToken) =>
        _store.AskAsync(shard, key, new StoreCommand("DEL", key), cancellationToken);

    private async Task<ShardHealth> CheckAsync(int shard, CancellationToken cancellationToken)
    {
        var (key, start) = (_keys.Rows(shard), Stopwatch.GetTimestamp());
        long? items = null;
        string? problem = null;
        try
        {
            items = (long)(await OnShardAsync(shard, VectorSetDialect.Count(key), cancellationToken).ConfigureAwait(false))!;
        }
        catch (SharedCatalogException e)
        {
            problem = e.Message;
        }
        return new ShardHealth
        {
            Shard = shard, Server = _store.ServerOf(key), Replicas = _store.ReplicasOf(key), Latency = Stopwatch.GetElapsedTime(start),
            Items = items, Problem = problem,
        };
    }

    private Task<RedisResult[]> ListPicturesAsync(IReadOnlyList<SharedRecord> records, CancellationToken cancellationToken) =>
        ForPicturesAsync(records, (key, entry) => new StoreCommand("ZADD", key, 0, entry), cancellationToken);

    private async Task UnlistPicturesAsync(IReadOnlyList<SharedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        await ForPicturesAsync(records, (key, entry) => new StoreCommand("ZREM", key, entry), cancellationToken).ConfigureAwait(false);
        // What another writer has put back meanwhile is listed again.
        var back = await GetAsync([.. records.Select(record => record.Id)], cancellationToken).ConfigureAwait(false);
        await ListPicturesAsync([.. back.OfType<SharedRecord>()], cancellationToken).ConfigureAwait(false);
    }

    private Task<RedisResult[]> ForPicturesAsync(
        IReadOnlyList<SharedRecord> records, Func<RedisKey, string, StoreCommand> command, CancellationToken cancellationToken) =>
        Task.WhenAll(records.Select(record =>
        {
            var key = _keys.Pictures(record.Picture);
            return _store.AskAsync(_keys.ShardOf(record.Picture), key, command(key, PictureEntry.Of(record)), cancellationToken);
        }));

    private async Task<RedisResult?[]> ForEachAsync(
        IReadOnlyList<string> ids, Func<RedisKey, string, StoreCommand> command, CancellationToken cancellationToken)
    {
        var replies = new RedisResult?[ids.Count];
        // A few hundred at a time: the client's queue and the replies stay small.
        for (var start = 0; start < ids.Count; start += PageIds)
        {
            var part = Enumerable.Range(start, Math.Min(PageIds, ids.Count - start)).Select(i =>
            {
                var shard = _keys.ShardOf(ids[i]);
                return OnShardAsync(shard, command(_keys.Rows(shard), ids[i]), cancellationToken);
            });
            (await Task.WhenAll(part).ConfigureAwait(false)).CopyTo(replies, start);
        }
        return replies;
    }

    private Task<RedisResult?> OnShardAsync(int shard, StoreCommand command, CancellationToken cancellationToken) =>
        _reader.AskAsync(shard, _keys.Rows(shard), command, cancellationToken);

    private static string[] Entries(RedisResult? reply) => [.. ((string?[]?)reply ?? []).OfType<string>()];

    private ShardAnswer? Answer(RedisResult? reply)
    {
        if (reply is null)
            return null;
        var parts = (RedisResult[])reply!;
        var hits = new (SharedRecord, float)[parts.Length / 3];
        for (var i = 0; i < hits.Length; i++)
        {
            var id = (string)parts[3 * i]!;
            hits[i] = (Record(id, (byte[]?)parts[3 * i + 2] ?? []), _store.Dialect.ToCosine((float)(double)parts[3 * i + 1]));
        }
        return new ShardAnswer(hits);
    }

    private SharedRecord Record(string id, byte[] json)
    {
        try
        {
            var record = RecordJson.Read(id, json);
            return _store.Dialect.KeepsRows ? record : record with { RowChecksum = null };
        }
        catch (InvalidDataException e)
        {
            throw _store.Damaged($"item '{id}' cannot be read ({e.Message})");
        }
    }

    /// <summary>Reads <c>fp32</c>, the bytes, the length of the row; nothing for an element that is not there.</summary>
    private float[]? RowOf(string id, RedisResult? reply)
    {
        if (reply is null or { IsNull: true } || (RedisResult[]?)reply is not [_, var bytes, ..])
            return null;
        var data = (byte[]?)bytes ?? [];
        return data.Length == _dimensions * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(data).ToArray()
            : throw _store.Damaged(string.Create(CultureInfo.InvariantCulture,
                $"the row of item '{id}' has {data.Length} bytes, not {_dimensions * sizeof(float)}"));
    }

    private void RequireUnit(SharedRecord record)
    {
        var row = record.Row.Span;
        // The store takes any number, and one that is not finite would be near everything.
        if (row.Length != _dimensions || !TensorPrimitives.IsFiniteAll(row)
            || !(MathF.Abs(TensorPrimitives.Norm(row) - 1) <= UnitTolerance))
            throw new SharedCatalogException(string.Create(CultureInfo.InvariantCulture,
                $"The row of item '{record.Id}' has {row.Length} dimensions and is not what '{Name}' keeps: {_dimensions} finite values ")
                + "of length 1. See what the extractor and the reducer return for its picture.");
    }
}
