namespace ImageRec.Torture;

/// <summary>What the machines use of the library beyond opening, asking and changing, one method each.</summary>
internal static class Library
{
    private const int Side = 16;
    private static readonly TensorFormat s_small = new(Side, Side, ImageFit.Stretch, BlueFirst: false, Interleaved: false, RgbValues.All(1), RgbValues.All(0));

    /// <summary>Numbers that <see cref="Decode"/> writes.</summary>
    public static int DecodedLength => s_small.Length;

    /// <summary>Decodes a picture to 16 x 16 colors, 0 to 255, under the default limits.</summary>
    public static void Decode(byte[] encoded, float[] tensor) => ImageDecoder.Decode(encoded, "fuzzed", ImageLimits.Default, s_small, tensor);

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

    /// <summary>Opens a catalog that another process writes, and follows it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="interval">A change is to be seen within.</param>
    public static async Task<FollowingReader> OpenFollowingAsync(string file, TimeSpan interval)
    {
        var builder = Things.Builder();
#if ONE_WRITER
        builder.RefreshInterval = interval;
#endif
        return new FollowingReader(await builder.OpenAsync<Thing>(file), interval);
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

    /// <summary>Whether engines that only read follow one that changes, and whether it may be rebuilt and disposed beside its own calls.</summary>
#if ONE_WRITER
    public static bool HasReaders => true;
#else
    public static bool HasReaders => false;
#endif

    /// <summary>Rebuilds while other calls go on.</summary>
    /// <returns>How many items there are.</returns>
    public static async Task<int> RebuildBesideAsync(RecommendationEngine<Thing> engine, ImageCatalog<Thing> catalog)
    {
#if ONE_WRITER
        return (await engine.RebuildAsync(catalog)).Items;
#else
        await Task.CompletedTask;
        throw new NotSupportedException($"{engine.File} has no way to rebuild {catalog.Name} yet.");
#endif
    }

    /// <summary>Follows the writer while other calls go on.</summary>
    public static async Task RefreshBesideAsync(RecommendationEngine<Thing> reader)
    {
#if ONE_WRITER
        await reader.RefreshAsync(CancellationToken.None);
#else
        await Task.CompletedTask;
        throw new NotSupportedException($"{reader.File} cannot be followed yet.");
#endif
    }
}
