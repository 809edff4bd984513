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
    private readonly IDatabase _database;
    private readonly RedisKey _key;
    private readonly RedisValue _token;
    private readonly Task _renewing;

    public StoreLease(IDatabase database, RedisKey key, RedisValue token, TimeSpan duration)
    {
        (_database, _key, _token) = (database, key, token);
        _renewing = RenewAsync(duration);
    }

    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _database.StringGetAsync(_key).WaitAsync(cancellationToken).ConfigureAwait(false) == _token;
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
        await QuietlyAsync(() => _database.KeyDeleteAsync(_key)).ConfigureAwait(false);
    }

    private async Task RenewAsync(TimeSpan duration)
    {
        using var timer = new PeriodicTimer(duration / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await QuietlyAsync(() => _database.KeyExpireAsync(_key, duration)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task QuietlyAsync(Func<Task<bool>> command)
    {
        try
        {
            if (await _database.StringGetAsync(_key).ConfigureAwait(false) == _token)
                await command().ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            // It expires by itself.
        }
    }
}
