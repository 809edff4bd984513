using System.Net;
using System.Threading.RateLimiting;
using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.Uploads;

/// <summary>Limits uploads: how many per minute from one address, how many are received and how many processed at the same time.</summary>
/// <remarks>
/// It uses the rate limiters of ASP.NET Core directly: the middleware counts a whole request as one, and a slow sender must not occupy the
/// network.
/// </remarks>
internal sealed class UploadGate : IAsyncDisposable
{
    private readonly UploadLimits _limits;
    private readonly CatalogMetrics _metrics;
    private readonly PartitionedRateLimiter<HttpContext> _senders;
    private readonly ConcurrencyLimiter _receiving;
    private readonly ConcurrencyLimiter _working;

    public UploadGate(UploadLimits limits, CatalogMetrics metrics)
    {
        (_limits, _metrics) = (limits, metrics);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.Burst,
            TokensPerPeriod = Math.Max(1, limits.PerMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromMinutes(1d * Math.Max(1, limits.PerMinute / 60) / limits.PerMinute),
            QueueLimit = 0,
        };
        _senders = PartitionedRateLimiter.Create<HttpContext, IPAddress>(
            http => RateLimitPartition.GetTokenBucketLimiter(Address(http), _ => bucket));
        _receiving = new(new() { PermitLimit = limits.Receiving, QueueLimit = 0 });
        _working = new(new()
        {
            PermitLimit = limits.Concurrent, QueueLimit = limits.Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Receives a picture and checks its header.</summary>
    /// <exception cref="Problem">Refused, with the reason.</exception>
    public Task<Upload> ReceiveAsync(HttpContext http) =>
        ReceiveAsync(http, () => UploadReader.ReadAsync(http.Request, _limits), picture => picture);

    /// <summary>Receives a form with a text field and a picture.</summary>
    /// <exception cref="Problem">Refused, with the reason.</exception>
    public Task<(byte[] Field, Upload Picture)> ReceiveFormAsync(HttpContext http, string field) =>
        ReceiveAsync(http, () => UploadReader.ReadFormAsync(http.Request, field, _limits), form => form.Picture);

    /// <summary>Waits for a turn to be processed.</summary>
    /// <exception cref="Problem">Too many are waiting already.</exception>
    public async Task<RateLimitLease> WorkAsync(CancellationToken cancellationToken)
    {
        var lease = await _working.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        return lease.IsAcquired ? lease : throw Problem.Busy();
    }

    public async ValueTask DisposeAsync()
    {
        await _senders.DisposeAsync().ConfigureAwait(false);
        await _receiving.DisposeAsync().ConfigureAwait(false);
        await _working.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<T> ReceiveAsync<T>(HttpContext http, Func<Task<T>> read, Func<T, Upload> picture)
    {
        using var turn = await _senders.AcquireAsync(http, 1, http.RequestAborted).ConfigureAwait(false);
        if (!turn.IsAcquired)
            throw Problem.TooMany(turn.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null);
        using var room = _receiving.AttemptAcquire();
        if (!room.IsAcquired)
            throw Problem.Busy();
        var received = await read().ConfigureAwait(false);
        try
        {
            _metrics.Received(picture(received).Bytes.Length);
            PictureHeader.Check(picture(received).Bytes.Span, _limits);
            return received;
        }
        catch
        {
            picture(received).Dispose();
            throw;
        }
    }

    /// <summary>The sender's address; of IPv6 its network, because one household has 2^64 addresses.</summary>
    private static IPAddress Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
