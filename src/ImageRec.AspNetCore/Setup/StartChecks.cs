using ImageRec.AspNetCore.Endpoints;
using ImageRec.AspNetCore.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Setup;

/// <summary>Checks what can be checked before the app serves anybody.</summary>
internal sealed class StartChecks<TItem>(VisualCatalog<TItem> catalog, ManageGuard guard, ILogger log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await guard.CheckAsync().ConfigureAwait(false);
        var options = catalog.Options;
        // What an app does not list is stored by its engine.
        if (options.ManagePolicy is null || !catalog.IsListed)
            return;
        if (options.Save is null)
            log.ChangesNotStored(catalog.Label, "added", nameof(options.Save));
        if (options.Delete is null)
            log.ChangesNotStored(catalog.Label, "removed", nameof(options.Delete));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
