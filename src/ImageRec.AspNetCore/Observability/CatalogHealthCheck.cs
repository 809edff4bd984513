using Microsoft.Extensions.Diagnostics.HealthChecks;
using static System.FormattableString;

namespace ImageRec.AspNetCore;

/// <summary>Healthy when recommendations are answered, degraded while the first index is being made, unhealthy when it cannot be made.</summary>
internal sealed class CatalogHealthCheck<TItem>(VisualCatalog<TItem> catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = catalog.Status;
        var data = new Dictionary<string, object>
        {
            ["state"] = status.State.ToString(), ["indexed"] = status.Indexed, ["done"] = status.Done, ["total"] = status.Total, ["unreadable"] = status.Unreadable,
        };
        return Task.FromResult((status.State, status.CanRecommend) switch
        {
            (IndexingState.Failed, true) => HealthCheckResult.Degraded(status.Message, data: data),
            (IndexingState.Failed, false) => HealthCheckResult.Unhealthy(status.Message, data: data),
            (_, true) => HealthCheckResult.Healthy(Invariant($"{status.Indexed:N0} products"), data),
            _ => HealthCheckResult.Degraded(Invariant($"The first index is being made: {status.Done:N0} of {status.Total:N0}"), data: data),
        });
    }
}
