using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    // Rows taken over from the file at a time.
    private const int BlockRows = 4096;
    private readonly CancellationTokenSource _stopFollowing = new();
    private readonly Task _following;

    /// <summary>
    /// Takes over what another engine, in this process or another, has changed in the file since. Queries go on meanwhile, each from one
    /// moment.
    /// </summary>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>Whether anything had changed; false for the engine that changes the file itself, and for one without a file.</returns>
    /// <exception cref="CatalogFileException">
    /// The file is gone, damaged, or was replaced by one built with other components. The engine goes on answering from what it has.
    /// </exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        if (FilePath is null)
            return false;
        return await ApplyAsync(
            async () =>
            {
                // Its own changes are there already, unless a recommender of the caller's has failed in the middle of a rebuild.
                if (_file.IsWriter)
                    return await CatchUpAsync(_file, own: null, cancellationToken).ConfigureAwait(false);
                // By its path: the file there now may be another than the one that is open.
                CatalogFile? latest = CatalogFile.Open(FilePath);
                try
                {
                    if (!await CatchUpAsync(latest, own: null, cancellationToken).ConfigureAwait(false))
                        return false;
                    (var old, _file, latest) = (_file, latest, null);
                    old.Dispose();
                    _rows.Reopen(_file);
                    _log.Refreshed(Name, _moment.Items.Count);
                    return true;
                }
                finally
                {
                    latest?.Dispose();
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings the catalog to a list of items, as building on its file again does: computes what is new or changed, removes what is no
    /// longer listed. Queries go on meanwhile.
    /// </summary>
    /// <param name="items">All items, in catalog order.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="cancellationToken">Stops the work. The catalog stays as it was; what was computed is kept for the next run.</param>
    /// <exception cref="CatalogException">The list is empty or has an id twice, or an item cannot be kept in a file.</exception>
    /// <exception cref="CatalogFileException">The file cannot be written, or another engine changes it; the message names it.</exception>
    public async Task<BuildReport> RebuildAsync(
        ImageCatalog<TItem> items, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        using var use = _uses.Enter();
        return await ApplyAsync(
            async () =>
            {
                var entries = await CatalogList.ReadAsync(items, cancellationToken).ConfigureAwait(false);
                if (FilePath is not null)
                    _components.ItemJson<TItem>().RequireRoundTrip(entries);
                await BecomeWriterAsync(cancellationToken).ConfigureAwait(false);
                var own = entries.ToDictionary(e => e.Id, e => e.Item, StringComparer.Ordinal);
                BuildReport report;
                try
                {
                    report = await new CatalogBuild<TItem>(_file, _components, progress, cancellationToken).RunAsync(entries)
                        .ConfigureAwait(false);
                }
                finally
                {
                    // Also when something failed after everything was published, such as the caller's progress handler.
                    await CatchUpAsync(_file, own, CancellationToken.None).ConfigureAwait(false);
                }
                _changedRows += report.Computed + report.Removed;
                _log.Built(Name, report);
                progress?.Report(new BuildProgress(BuildStage.Complete, entries.Count, entries.Count, 0, report.Elapsed, TimeSpan.Zero));
                return report;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies the catalog as it is at one moment into one file, while it is used and changed. Every row of the copy is verified.
    /// </summary>
    /// <param name="path">A file that does not exist yet; it appears when it is complete.</param>
    /// <param name="cancellationToken">Stops the copying; nothing is left of it.</param>
    /// <exception cref="InvalidOperationException">The engine has no file.</exception>
    /// <exception cref="CatalogFileException">The file is there already, cannot be written, or the catalog is damaged.</exception>
    public async Task BackupAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var use = _uses.Enter();
        if (FilePath is not { } source)
            throw new InvalidOperationException("This engine has no catalog file to copy. Give BuildAsync a file.");
        await Task.Run(() => CatalogBackup.Write(source, path, Dimensions, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the writer lock, after taking over what its last holder did.</summary>
    private async ValueTask BecomeWriterAsync(CancellationToken cancellationToken)
    {
        if (_file.IsWriter)
        {
            await CatchUpAsync(_file, own: null, cancellationToken).ConfigureAwait(false);
            return;
        }
        var writer = CatalogFile.OpenForWriting(FilePath!);
        try
        {
            await CatchUpAsync(writer, own: null, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
        var reader = _file;
        Volatile.Write(ref _file, writer);
        reader.Dispose();
        _rows.Reopen(writer);
    }

    /// <summary>Brings items and rows to what a file holds, and publishes the moment that follows.</summary>
    /// <param name="file">The file, at any later moment than ours.</param>
    /// <param name="own">The caller's items by id, handed back as they are; null to read them from the file.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <returns>Whether anything had changed.</returns>
    private async ValueTask<bool> CatchUpAsync(CatalogFile file, Dictionary<string, TItem>? own, CancellationToken cancellationToken)
    {
        using var reading = file.BeginReading();
        var before = _moment;
        var changes = FileChanges<TItem>.Since(before, file, _components, cancellationToken);
        if (changes is null)
            return false;
        using var turn = _recommender is CosineRecommender ? null : await _turns.WriteAsync().ConfigureAwait(false);
        var items = before.Items.Begin(changes.Changed.Count);
        var rows = new RowChange(_recommender, before.Rows, Dimensions);
        try
        {
            foreach (var record in changes.Removed)
                items.Remove(record);
            await rows.RemoveAsync([.. changes.Removed.Select(record => record.Key)]).ConfigureAwait(false);
            foreach (var block in changes.Read(file, own, BlockRows, cancellationToken))
            {
                foreach (var record in block.Records)
                    items.Set(record);
                await rows.UpsertAsync([.. block.Records.Select(record => record.Key)], block.Rows).ConfigureAwait(false);
            }
            Volatile.Write(ref _moment, new Moment<TItem>(
                items.Complete(), changes.Pipeline, (_recommender as CosineRecommender)?.TakeView(), changes.Position, changes.Models));
        }
        catch
        {
            await GoBackAsync(before, rows).ConfigureAwait(false);
            throw;
        }
        return true;
    }

    private async Task FollowAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        // A failure that lasts is logged once, not at every interval.
        var logged = "";
        try
        {
            while (await timer.WaitForNextTickAsync(_stopFollowing.Token).ConfigureAwait(false))
            {
                try
                {
                    await RefreshAsync(_stopFollowing.Token).ConfigureAwait(false);
                    logged = "";
                }
#pragma warning disable CA1031 // Whatever fails, queries go on with what is there, and RefreshAsync throws the error.
                catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
#pragma warning restore CA1031
                {
                    if (logged != e.Message)
                        _log.RefreshFailed(Name, e);
                    logged = e.Message;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
