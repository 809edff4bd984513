namespace ImageRec.Torture;

/// <summary>What the machines use of the library beyond opening, asking and changing, one method each.</summary>
internal static class Library
{
    /// <summary>Follows what a writer has changed.</summary>
    /// <returns>The engine to go on with.</returns>
    public static async Task<RecommendationEngine<Thing>> RefreshAsync(RecommendationEngine<Thing> engine, CancellationToken cancellationToken)
    {
#if ONE_WRITER
        await engine.RefreshAsync(cancellationToken);
        return engine;
#else
        var file = engine.File!;
        await engine.DisposeAsync();
        return await Things.Builder().OpenAsync<Thing>(file, cancellationToken);
#endif
    }

    /// <summary>Makes the catalog of an open engine what a list says.</summary>
    /// <returns>The engine to go on with.</returns>
    public static async Task<RecommendationEngine<Thing>> RebuildAsync(
        RecommendationEngine<Thing> engine, RecommenderBuilder builder, ImageCatalog<Thing> catalog, CancellationToken cancellationToken)
    {
#if ONE_WRITER
        await engine.RebuildAsync(catalog, progress: null, cancellationToken);
        return engine;
#else
        var file = engine.File!;
        await engine.DisposeAsync();
        return await builder.BuildAsync(catalog, file, cancellationToken: cancellationToken);
#endif
    }
}
