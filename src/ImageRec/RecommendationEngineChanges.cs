using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Ranking;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    private const int LeastChangesToTidy = 1000;
    private int _changedSinceTidy;

    /// <inheritdoc />
    public async Task<BuildReport> UpsertAsync(
        ImageCatalog<TItem> items, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        using var use = _uses.Enter();
        return await ApplyAsync(
            async () =>
            {
                var entries = await CatalogList.ReadAsync(items, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
                var json = _components.ItemJson<TItem>();
                if (FilePath is not null)
                    json.RequireRoundTrip(entries);
                await BecomeWriterAsync(cancellationToken).ConfigureAwait(false);
                var upsert = new Upsert<TItem>(_file, _components, _moment, json);
                var report = await upsert.ComputeAsync(entries, progress, cancellationToken).ConfigureAwait(false);
                await ChangeAsync(upsert.WriteAsync).ConfigureAwait(false);
                Tidy(upsert.Changes);
                report = report.WithItems(_moment.Items.Count);
                _log.Upserted(Name, report.Computed, report.Reused, report.Items);
                _log.LeftOut(Name, report);
                progress?.Report(new BuildProgress(BuildStage.Complete, entries.Count, entries.Count, 0, report.Elapsed, TimeSpan.Zero));
                return report;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<int> RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var use = _uses.Enter();
        return await ApplyAsync(
            async () =>
            {
                var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
                await BecomeWriterAsync(cancellationToken).ConfigureAwait(false);
                var records = distinct.Select(_moment.Items.ById).OfType<ItemRecord<TItem>>().ToList();
                if (records.Count == 0)
                    return 0;
                await ChangeAsync(async (items, rows) =>
                {
                    foreach (var record in records)
                    {
                        _file.Items.Delete(record.Key);
                        items.Remove(record);
                    }
                    await rows.RemoveAsync([.. records.Select(record => record.Key)]).ConfigureAwait(false);
                }).ConfigureAwait(false);
                Tidy(records.Count);
                _log.Removed(Name, records.Count, _moment.Items.Count);
                return records.Count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Changes the file, the recommender and the items together, then publishes the moment that follows. When anything fails, all three are
    /// as they were.
    /// </summary>
    /// <param name="write">Writes into the file's open transaction.</param>
    private async Task ChangeAsync(Func<ItemTable<TItem>.Change, RowChange, ValueTask> write)
    {
        using var turn = _recommender is CosineRecommender ? null : await _turns.WriteAsync().ConfigureAwait(false);
        var before = _moment;
        var items = before.Items.Begin();
        var rows = new RowChange(_recommender, before.Rows, Dimensions);
        try
        {
            ItemTable<TItem>? changed = null;
            await _file.AtomicallyAsync(async () =>
            {
                await write(items, rows).ConfigureAwait(false);
                changed = items.Complete();
            }).ConfigureAwait(false);
            Volatile.Write(ref _moment,
                before with { Items = changed!, Rows = (_recommender as CosineRecommender)?.TakeView(), Position = _file.Log.Last() });
        }
        catch
        {
            await GoBackAsync(before, rows).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs changes one after another, away from the caller's thread.</summary>
    private async Task<T> ApplyAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(change, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Leaves everything as it was before a change that failed.</summary>
    private async ValueTask GoBackAsync(Moment<TItem> before, RowChange rows)
    {
        try
        {
            await rows.RevertAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The first error is the one to report. Surplus rows in a recommender of the caller's are never answers.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        Volatile.Write(ref _moment, before with { Rows = (_recommender as CosineRecommender)?.TakeView() });
    }

    /// <summary>Writes the file anew, without gaps, when so much has changed that it is worth the copying.</summary>
    private void Tidy(int changes)
    {
        _changedRows += changes;
        _changedSinceTidy += changes;
        if (_file.Path is null || _changedSinceTidy < Math.Max(LeastChangesToTidy, _moment.Items.Count / 2))
            return;
        _changedSinceTidy = 0;
        try
        {
            _file.Vacuum();
        }
        catch (CatalogFileException e)
        {
            // No room for the copy: the change is there, the gaps stay until another time.
            _log.VacuumFailed(Name, e);
        }
    }
}
