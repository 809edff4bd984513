namespace ImageRec.AspNetCore.Indexing;

/// <summary>Opens an engine by the app's own code, whatever that does wrong.</summary>
internal static class OwnEngine
{
    /// <exception cref="CatalogException">The app's code failed, or returned null.</exception>
    public static async Task<IRecommendationEngine<TItem>> OpenAsync<TItem>(
        Func<IServiceProvider, CancellationToken, ValueTask<IRecommendationEngine<TItem>>> open, IServiceProvider services,
        CancellationToken cancellationToken)
    {
        try
        {
            return await open(services, cancellationToken).ConfigureAwait(false)
                ?? throw new CatalogException("The engine cannot be opened: Engine returned null.");
        }
        catch (Exception e) when (e is not CatalogException && !cancellationToken.IsCancellationRequested)
        {
            // Its message is the app's own and may say what visitors must not read, such as a connection string.
            throw new CatalogException($"The engine cannot be opened: Engine failed ({e.GetType().Name}).", e);
        }
    }
}
