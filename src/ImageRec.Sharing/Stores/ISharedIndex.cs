namespace ImageRec.Sharing.Stores;

/// <summary>
/// Stores what a shared catalog is: named blobs of the fitted pipeline, and a record per item in one of several shards. Whatever engine
/// stands behind it, the catalog above is the same.
/// </summary>
/// <remarks>
/// Thread-safe. A record is written and removed as a whole. What cannot be done throws <see cref="SharedCatalogException"/>, which names
/// the shard.
/// </remarks>
internal interface ISharedIndex : IAsyncDisposable
{
    /// <summary>Gets what errors and logs call the catalog.</summary>
    string Name { get; }

    /// <summary>Gets what the store is called, such as <c>vector sets of Garnet 2.2.8</c>.</summary>
    string Kind { get; }

    /// <summary>Gets the effort of a search that was not tuned.</summary>
    int UsualEffort => SearchTuning.UsualEffort;

    /// <summary>Reads what the catalog is.</summary>
    /// <returns>Null where nothing was published yet.</returns>
    Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken);

    /// <summary>Places records as the manifest says from now on.</summary>
    void Use(CatalogManifest manifest);

    /// <summary>Publishes a fitted pipeline: all of it is there afterwards, or none.</summary>
    /// <returns>Whether it was published; false when another was there first.</returns>
    Task<bool> PublishAsync(CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken);

    /// <summary>Reads a published blob and checks it.</summary>
    Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken);

    /// <summary>Reads how the shards are searched; null where that was not tuned.</summary>
    Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken);

    Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken);

    /// <summary>Takes a right that one worker has at a time, such as to fit the pipeline.</summary>
    /// <param name="right">What it is: a word.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>Gives it back when disposed; null while another worker has it.</returns>
    Task<ISharedLease?> TryLeaseAsync(string right, CancellationToken cancellationToken);

    /// <summary>Reads records.</summary>
    /// <returns>As many as ids, null for those that the catalog lacks.</returns>
    Task<SharedRecord?[]> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Reads rows.</summary>
    /// <returns>As many as ids, null for those that the catalog lacks; d values each.</returns>
    Task<float[]?[]> GetRowsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Reads records and rows: of one moment where the store gives them out together.</summary>
    /// <returns>What <see cref="GetAsync"/> and <see cref="GetRowsAsync"/> return.</returns>
    async Task<(SharedRecord?[] Records, float[]?[] Rows)> GetPairsAsync(
        IReadOnlyList<string> ids, CancellationToken cancellationToken) => (
            await GetAsync(ids, cancellationToken).ConfigureAwait(false),
            await GetRowsAsync(ids, cancellationToken).ConfigureAwait(false));

    /// <summary>Writes records, each new or replacing the one with its id.</summary>
    /// <param name="records">Records with rows of length 1.</param>
    /// <param name="replaced">Records as they were, of items that showed another image until now.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    Task PutAsync(
        IReadOnlyList<SharedRecord> records, IReadOnlyList<SharedRecord> replaced, CancellationToken cancellationToken);

    /// <summary>Removes records.</summary>
    /// <returns>How many there were.</returns>
    Task<int> RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Counts the records of each shard.</summary>
    Task<long[]> CountAsync(CancellationToken cancellationToken);

    /// <summary>Asks shards at once for the records most similar to a row.</summary>
    /// <param name="unitQuery">d values of length 1.</param>
    /// <param name="depths">How many to find in each shard; 0 leaves it out.</param>
    /// <param name="effort">How many candidates a shard looks at, at least.</param>
    /// <param name="filter">What records must satisfy; null for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>As many as shards, null for those left out. Fewer hits than asked for do not prove that there are no others.</returns>
    Task<ShardAnswer?[]> SearchAsync(
        ReadOnlyMemory<float> unitQuery, IReadOnlyList<int> depths, int effort, AttributeFilter? filter,
        CancellationToken cancellationToken);

    /// <summary>
    /// Returns the ids of the items that show the image with this hash, in ordinal order; some may be gone or changed since.
    /// </summary>
    Task<IReadOnlyList<string>> FindPictureAsync(UInt128 picture, CancellationToken cancellationToken);

    /// <summary>Enumerates all ids, some hundreds at a time; some may be gone since, and one may come twice.</summary>
    IAsyncEnumerable<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns the same catalog as one query reads it: from replicas, and without shards that are away, where the app says so.
    /// </summary>
    /// <param name="away">Is told the shards that are left out, if the app allows that; null for a query that needs all.</param>
    /// <returns>Not to be disposed.</returns>
    ISharedIndex ForQuery(AwayShards? away) => this;

    /// <summary>Asks every shard how it is.</summary>
    Task<IReadOnlyList<ShardHealth>> CheckAsync(CancellationToken cancellationToken) => ShardChecks.ByCountAsync(this, cancellationToken);

    /// <summary>Deletes the catalog.</summary>
    Task DeleteAsync(CancellationToken cancellationToken);
}
