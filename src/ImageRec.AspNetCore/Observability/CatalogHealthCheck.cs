using Microsoft.Extensions.Diagnostics.HealthChecks;
using static System.FormattableString;

namespace ImageRec.AspNetCore.Observability;

/// <summary>
/// Healthy when recommendations are served; degraded while the first index is being built, or when indexing failed later; unhealthy when
/// there is none.
/// </summary>
/// <param name="current">Reads the status of indexing.</param>
internal sealed class CatalogHealthCheck(Func<IndexingStatus> current) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = current();
        var data = new Dictionary<string, object>
        {
            ["catalog"] = status.Catalog, ["state"] = status.State.ToString().ToLowerInvariant(), ["indexed"] = status.Indexed,
            ["done"] = status.Done, ["total"] = status.Total, ["unreadable"] = status.Unreadable,
        };
        var who = $"Catalog {status.Catalog}: ";
        return Task.FromResult((status.State, status.CanRecommend) switch
        {
            (IndexingState.Failed, true) => HealthCheckResult.Degraded(who + status.Message, data: data),
            (IndexingState.Failed, false) => HealthCheckResult.Unhealthy(who + status.Message, data: data),
            (_, true) => HealthCheckResult.Healthy(who + Invariant($"{status.Indexed:N0} products are indexed."), data),
            _ => HealthCheckResult.Degraded(
                who + Invariant($"the first index is being built, {status.Done:N0} of {status.Total:N0} products are done."), data: data),
        });
    }
}
