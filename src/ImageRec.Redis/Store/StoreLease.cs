using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Holds a key that expires unless it is renewed: a worker that is killed holds it for half a minute at most.</summary>
/// <remarks>
/// The client's own locks use MULTI, which stays off connections that speak to vector sets. Between a look at the key and the change of it
/// another worker may have taken it; two workers that both fit publish one pipeline all the same, the first.
/// </remarks>
internal sealed class StoreLease : ISharedLease
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StoreConnection _store;
    private readonly RedisKey _key;
    private readonly string _token;
    private readonly Task _renewing;

    public StoreLease(StoreConnection store, RedisKey key, string token, TimeSpan duration)
    {
        (_store, _key, _token) = (store, key, token);
        _renewing = RenewAsync(duration);
    }

    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await HolderAsync(cancellationToken).ConfigureAwait(false) == _token;
        }
        catch (SharedCatalogException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
        await QuietlyAsync(new StoreCommand("DEL", _key)).ConfigureAwait(false);
    }

    private async Task RenewAsync(TimeSpan duration)
    {
        using var timer = new PeriodicTimer(duration / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await QuietlyAsync(new StoreCommand("PEXPIRE", _key, (long)duration.TotalMilliseconds)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task QuietlyAsync(StoreCommand command)
    {
        try
        {
            if (await HolderAsync(CancellationToken.None).ConfigureAwait(false) == _token)
                await _store.AskAsync(_key, command, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SharedCatalogException)
        {
            // It expires by itself.
        }
    }

    private async Task<string?> HolderAsync(CancellationToken cancellationToken) =>
        (string?)await _store.AskAsync(_key, new StoreCommand("GET", _key), cancellationToken).ConfigureAwait(false);
}
