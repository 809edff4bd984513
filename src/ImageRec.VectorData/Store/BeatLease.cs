using ImageRec.Sharing.Stores;

namespace ImageRec.VectorData.Store;

/// <summary>
/// Holds a right as long as its note changes: whoever wants it watches, and takes it over when nothing has changed for a while, half
/// a minute, by the watcher's own clock.
/// </summary>
/// <remarks>
/// VectorData has no write that only one of two writers wins. So a taker writes, waits and looks again: the last writer has it. A write
/// that takes longer than the wait may leave two holders.
/// </remarks>
internal sealed class BeatLease : ISharedLease
{
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly NoteCollection _notes;
    private readonly string _name;
    private readonly string _token;
    private readonly Task _beating;

    private BeatLease(NoteCollection notes, string name, string token)
    {
        (_notes, _name, _token) = (notes, name, token);
        _beating = BeatAsync();
    }

    /// <summary>Takes the right; null when another was the last to take it.</summary>
    /// <param name="notes">Where it is noted.</param>
    /// <param name="name">Of the note.</param>
    /// <param name="settle">How long a write may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<BeatLease?> TakeAsync(
        NoteCollection notes, string name, TimeSpan settle, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("n");
        await notes.WriteAsync(name, $"{token} 0", cancellationToken).ConfigureAwait(false);
        await Task.Delay(settle, cancellationToken).ConfigureAwait(false);
        return IsOf(await notes.ReadAsync(name, cancellationToken).ConfigureAwait(false), token)
            ? new BeatLease(notes, name, token)
            : null;
    }

    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        IsOf(await _notes.ReadAsync(_name, cancellationToken).ConfigureAwait(false), _token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
        await QuietlyAsync(() => _notes.DeleteAsync(_name, CancellationToken.None)).ConfigureAwait(false);
    }

    private static bool IsOf(string? note, string token) => note?.StartsWith(token, StringComparison.Ordinal) == true;

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(s_beat);
        try
        {
            for (var beat = 1; await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false); beat++)
            {
                var note = FormattableString.Invariant($"{_token} {beat}");
                await QuietlyAsync(() => _notes.WriteAsync(_name, note, CancellationToken.None)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task QuietlyAsync(Func<Task> change)
    {
        try
        {
            if (IsOf(await _notes.ReadAsync(_name, CancellationToken.None).ConfigureAwait(false), _token))
                await change().ConfigureAwait(false);
        }
        catch (SharedCatalogException)
        {
            // Others take it over when it has been silent for long enough.
        }
    }
}
