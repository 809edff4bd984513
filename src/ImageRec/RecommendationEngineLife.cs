using ImageRec.Building;
using ImageRec.Ranking;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    private readonly Lazy<Task> _disposal;

    /// <summary>
    /// Waits for running calls, then releases the file, the network and all memory outside the managed heap. May be called any number of
    /// times.
    /// </summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    private async Task DisposeOnceAsync()
    {
        await _stopFollowing.CancelAsync().ConfigureAwait(false);
        await _uses.CloseAsync().ConfigureAwait(false);
        await LetGoAsync(() => new ValueTask(_following)).ConfigureAwait(false);
        _stopFollowing.Dispose();
        await LetGoAsync(KeepIndexAsync).ConfigureAwait(false);
        await LetGoAsync(() => _recommender.DisposeAsync()).ConfigureAwait(false);
        await LetGoAsync(() => Completed(_rows.Dispose)).ConfigureAwait(false);
        await LetGoAsync(() => Completed(_components.DisposeExtractor)).ConfigureAwait(false);
        await LetGoAsync(() => Completed(_file.Dispose)).ConfigureAwait(false);
    }

    /// <summary>Saves the index when many rows have changed; a few are found again when the file is opened.</summary>
    private ValueTask KeepIndexAsync()
    {
        if (_file.IsWriter && _changedRows * 20L > _moment.Items.Count)
            IndexState.Save(_file, _recommender);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Completed(Action work)
    {
        work();
        return ValueTask.CompletedTask;
    }

    private async ValueTask LetGoAsync(Func<ValueTask> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever one part throws, the others are released. No item is affected: the index is learned again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.DisposalFailed(Name, e);
        }
    }
}
