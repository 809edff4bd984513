using System.Globalization;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ImageRec.Redis.Sharing;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Stores a shared catalog in Garnet or Redis 8: a vector set per shard, an element with attributes per item.</summary>
/// <remarks>
/// No transaction ever holds a command of vector sets: Garnet hangs on the key afterwards. An item is one command, so it needs none. The
/// lists of images are hints beside it: written before the item and again after it, removed after it, verified whenever they are read.
/// </remarks>
internal sealed class RedisIndex : ISharedIndex
{
    private const int ChunkBytes = 1024 * 1024;
    private const int PageIds = 256;

    // A row is written by a walk through its graph: more of them at once would wait for each other until they time out.
    private const int WritesAtOnce = 32;
    private const float UnitTolerance = 1e-3f;
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly VectorSetDialect _dialect;
    private readonly CatalogKeys _keys;
    private int _dimensions;

    private RedisIndex(ConnectionMultiplexer connection, VectorSetDialect dialect, string name)
    {
        (_connection, _database, _dialect, Name) = (connection, connection.GetDatabase(), dialect, name);
        _keys = new CatalogKeys(name);
    }

    public string Name { get; }

    public string Kind => $"vector sets of {_dialect.Store}";

    /// <summary>Connects to the servers.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="name">Name of the catalog.</param>
    /// <param name="cancellationToken">Stops the connecting.</param>
    public static async Task<RedisIndex> ConnectAsync(ConfigurationOptions options, string name, CancellationToken cancellationToken)
    {
        var servers = string.Join(", ", options.EndPoints.Select(Shown));
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken).ConfigureAwait(false);
            var info = (string?)await connection.GetDatabase().ExecuteAsync("INFO", "server").WaitAsync(cancellationToken)
                .ConfigureAwait(false) ?? "";
            var dialect = VectorSetDialect.Of(info) ?? throw new SharedCatalogException(
                $"'{name}' cannot be opened: {servers} is {VectorSetDialect.Describe(info)}, which has no vector sets. Use Garnet 2.2 with "
                + "--enable-vector-set-preview, or Redis 8.");
            return new RedisIndex(connection, dialect, name);
        }
        catch (Exception e)
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
            if (StoreErrors.IsOfStore(e))
                throw StoreErrors.Unreachable(name, servers, e);
            throw;
        }
    }

    public void Use(CatalogManifest manifest)
    {
        _keys.Place(manifest.Shards);
        _dimensions = manifest.Dimensions;
    }

    public async Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        var json = (byte[]?)await CommonAsync(() => _database.StringGetAsync(_keys.Manifest), cancellationToken).ConfigureAwait(false);
        if (json is null)
            return null;
        var manifest = Parse(json, SharedJson.Default.CatalogManifest);
        return manifest.Version <= CatalogManifest.CurrentVersion ? manifest : throw new SharedCatalogException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{Name}' was written by a newer version (format {manifest.Version}; this one reads up to {CatalogManifest.CurrentVersion}). ")
            + "Update the package ImageRec.Redis.");
    }

    public async Task<bool> PublishAsync(
        CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken)
    {
        var entries = new SortedDictionary<string, BlobEntry>(StringComparer.Ordinal);
        foreach (var (name, data) in blobs)
        {
            var chunks = Math.Max(1, (data.Length + ChunkBytes - 1) / ChunkBytes);
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var part = data.AsMemory(chunk * ChunkBytes, Math.Min(ChunkBytes, data.Length - chunk * ChunkBytes));
                var key = _keys.Blob(manifest.Fit, name, chunk);
                await CommonAsync(() => _database.StringSetAsync(key, part), cancellationToken).ConfigureAwait(false);
            }
            entries.Add(name, new BlobEntry(data.Length, chunks, (long)XxHash3.HashToUInt64(data)));
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest with { Blobs = entries }, SharedJson.Default.CatalogManifest);
        // The last write, and only where there is none: whoever reads it finds everything it names.
        if (await CommonAsync(() => _database.StringSetAsync(_keys.Manifest, json, when: When.NotExists), cancellationToken)
            .ConfigureAwait(false))
            return true;
        await DeleteBlobsAsync(manifest with { Blobs = entries }, cancellationToken).ConfigureAwait(false);
        return false;
    }

    public async Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken)
    {
        if (!manifest.Blobs.TryGetValue(name, out var entry))
            throw Damaged($"its {name} is missing");
        var data = new byte[entry.Length];
        var start = 0;
        for (var chunk = 0; chunk < entry.Chunks; chunk++)
        {
            var key = _keys.Blob(manifest.Fit, name, chunk);
            var part = (byte[]?)await CommonAsync(() => _database.StringGetAsync(key), cancellationToken).ConfigureAwait(false);
            if (part is null || part.Length > data.Length - start)
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"part {chunk} of its {name} is missing or of another length"));
            part.CopyTo(data, start);
            start += part.Length;
        }
        return start == data.Length && (long)XxHash3.HashToUInt64(data) == entry.Checksum
            ? data
            : throw Damaged($"its {name} fails its checksum");
    }

    public async Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken) =>
        (byte[]?)await CommonAsync(() => _database.StringGetAsync(_keys.Tuning), cancellationToken).ConfigureAwait(false) is { } json
            ? Parse(json, SharedJson.Default.SearchTuning)
            : null;

    public Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken) => CommonAsync(
        () => _database.StringSetAsync(_keys.Tuning, JsonSerializer.SerializeToUtf8Bytes(tuning, SharedJson.Default.SearchTuning)),
        cancellationToken);

    public async Task<IAsyncDisposable?> TryLeaseAsync(CancellationToken cancellationToken)
    {
        RedisValue token = Guid.NewGuid().ToString("n");
        return await CommonAsync(() => _database.StringSetAsync(_keys.Lease, token, s_lease, When.NotExists), cancellationToken)
            .ConfigureAwait(false)
            ? new StoreLease(_database, _keys.Lease, token, s_lease)
            : null;
    }

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
                return OnShardAsync(
                    shard, _dialect.Add(_keys.Rows(shard), record.Id, record.Row, RecordJson.Write(record)), cancellationToken);
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
        return replies.Count(reply => (int)reply == 1);
    }

    public async Task<long[]> CountAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, _keys.Shards)
            .Select(shard => OnShardAsync(shard, VectorSetDialect.Count(_keys.Rows(shard)), cancellationToken))).ConfigureAwait(false))
            .Select(reply => (long)reply)];

    public async Task<ShardAnswer?[]> SearchAsync(
        ReadOnlyMemory<float> unitQuery, IReadOnlyList<int> depths, int effort, AttributeFilter? filter,
        CancellationToken cancellationToken)
    {
        var query = VectorSetDialect.Bytes(unitQuery.Span);
        return await Task.WhenAll(depths.Select(async (depth, shard) => depth == 0
            ? null
            : Answer(await OnShardAsync(
                shard, _dialect.Search(_keys.Rows(shard), query, depth, effort, filter), cancellationToken).ConfigureAwait(false))))
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> FindPictureAsync(UInt128 picture, CancellationToken cancellationToken)
    {
        var (first, last) = PictureEntry.RangeOf(picture);
        var found = await CommonAsync(
            () => _database.SortedSetRangeByValueAsync(_keys.Pictures(picture), first, last, Exclude.Stop), cancellationToken)
            .ConfigureAwait(false);
        return [.. found.Select(PictureEntry.IdOf).Order(StringComparer.Ordinal)];
    }

    public async IAsyncEnumerable<IReadOnlyList<string>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in _keys.AllPictures())
        {
            RedisValue last = default;
            while (true)
            {
                var from = last;
                var page = await CommonAsync(
                    () => _database.SortedSetRangeByValueAsync(
                        key, from, default, from.IsNull ? Exclude.None : Exclude.Start, take: PageIds), cancellationToken)
                    .ConfigureAwait(false);
                if (page.Length > 0)
                    yield return [.. page.Select(PictureEntry.IdOf)];
                if (page.Length < PageIds)
                    break;
                last = page[^1];
            }
        }
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (await ReadManifestAsync(cancellationToken).ConfigureAwait(false) is not { } manifest)
            return;
        Use(manifest);
        // First, so that nobody opens what is half gone.
        await CommonAsync(() => _database.KeyDeleteAsync(_keys.Manifest), cancellationToken).ConfigureAwait(false);
        for (var shard = 0; shard < _keys.Shards; shard++)
            await OnShardAsync(shard, new StoreCommand("DEL", _keys.Rows(shard)), cancellationToken).ConfigureAwait(false);
        foreach (var key in _keys.AllPictures().Append(_keys.Tuning))
            await CommonAsync(() => _database.KeyDeleteAsync(key), cancellationToken).ConfigureAwait(false);
        await DeleteBlobsAsync(manifest, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task DeleteBlobsAsync(CatalogManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in manifest.Blobs)
            for (var chunk = 0; chunk < entry.Chunks; chunk++)
            {
                var key = _keys.Blob(manifest.Fit, name, chunk);
                await CommonAsync(() => _database.KeyDeleteAsync(key), cancellationToken).ConfigureAwait(false);
            }
    }

    private Task<bool[]> ListPicturesAsync(IReadOnlyList<SharedRecord> records, CancellationToken cancellationToken) =>
        Task.WhenAll(records.Select(record => CommonAsync(
            () => _database.SortedSetAddAsync(_keys.Pictures(record.Picture), PictureEntry.Of(record), 0), cancellationToken)));

    private async Task UnlistPicturesAsync(IReadOnlyList<SharedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        await Task.WhenAll(records.Select(record => CommonAsync(
            () => _database.SortedSetRemoveAsync(_keys.Pictures(record.Picture), PictureEntry.Of(record)), cancellationToken)))
            .ConfigureAwait(false);
        // What another writer has put back meanwhile is listed again.
        var back = await GetAsync([.. records.Select(record => record.Id)], cancellationToken).ConfigureAwait(false);
        await ListPicturesAsync([.. back.OfType<SharedRecord>()], cancellationToken).ConfigureAwait(false);
    }

    private async Task<RedisResult[]> ForEachAsync(
        IReadOnlyList<string> ids, Func<RedisKey, string, StoreCommand> command, CancellationToken cancellationToken)
    {
        var replies = new RedisResult[ids.Count];
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

    private async Task<RedisResult> OnShardAsync(int shard, StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ExecuteAsync(command.Name, command.Arguments).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            throw StoreErrors.Explain(Name, shard, ServerOf(_keys.Rows(shard)), e);
        }
    }

    private async Task<T> CommonAsync<T>(Func<Task<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            throw StoreErrors.Explain(Name, shard: null, ServerOf(default), e);
        }
    }

    /// <summary>Returns the address of the server that holds a key, or of all where that is not known.</summary>
    private string ServerOf(RedisKey key)
    {
        var all = _connection.GetEndPoints();
        var slot = key == default(RedisKey) ? -1 : _connection.GetHashSlot(key);
        var owner = all.Length == 1 || slot < 0
            ? null
            : _connection.GetServers().Select(server => server.ClusterConfiguration).FirstOrDefault(cluster => cluster is not null)
                ?.GetBySlot(slot)?.EndPoint;
        return owner is not null ? Shown(owner) : string.Join(", ", all.Select(Shown));
    }

    private static string Shown(System.Net.EndPoint endPoint) => endPoint is System.Net.DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}")
        : endPoint.ToString() ?? "";

    private ShardAnswer Answer(RedisResult reply)
    {
        var parts = (RedisResult[])reply!;
        var hits = new (SharedRecord, float)[parts.Length / 3];
        for (var i = 0; i < hits.Length; i++)
        {
            var id = (string)parts[3 * i]!;
            hits[i] = (Record(id, (byte[]?)parts[3 * i + 2] ?? []), _dialect.ToCosine((float)(double)parts[3 * i + 1]));
        }
        return new ShardAnswer(hits);
    }

    private SharedRecord Record(string id, byte[] json)
    {
        try
        {
            return RecordJson.Read(id, json);
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"item '{id}' cannot be read ({e.Message})");
        }
    }

    /// <summary>Reads <c>fp32</c>, the bytes, the length of the row; nothing for an element that is not there.</summary>
    private float[]? RowOf(string id, RedisResult reply)
    {
        if (reply.IsNull || (RedisResult[]?)reply is not [_, var bytes, ..])
            return null;
        var data = (byte[]?)bytes ?? [];
        return data.Length == _dimensions * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(data).ToArray()
            : throw Damaged(string.Create(CultureInfo.InvariantCulture,
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

    private T Parse<T>(byte[] json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)!;
        }
        catch (JsonException e)
        {
            throw Damaged($"what describes it cannot be read ({e.Message})");
        }
    }

    private SharedCatalogException Damaged(string what) =>
        new($"'{Name}' is damaged: {what}. Restore the store from a copy, or delete the catalog and build it again.");
}
