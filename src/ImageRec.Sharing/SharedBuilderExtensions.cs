using System.Diagnostics;
using System.Text.Json;
using ImageRec.Building;
using ImageRec.Sharing.Answering;
using ImageRec.Sharing.Building;
using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec;

/// <summary>Builds and opens shared catalogs.</summary>
public static class SharedBuilderExtensions
{
    /// <summary>
    /// Builds a shared catalog, or brings one to a list of items: computes what is new or changed, removes what is no longer listed, keeps
    /// the rest. The first builder fits the pipeline, on all items or a sample of <see cref="RecommenderBuilder.FitSampleRows"/>, while
    /// others wait; run again after an interruption, it goes on.
    /// </summary>
    /// <remarks>
    /// Many workers share the work by being given the same list and a <paramref name="part"/> each: what one is given is computed, changed
    /// and removed by it alone. The one that fits also writes the items it has fitted on, whatever part they are in. Each measures recall
    /// when it ends, where the builder asks for one; the measure of the last is kept.
    /// </remarks>
    /// <typeparam name="TItem">The caller's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="catalog">All items.</param>
    /// <param name="shared">Where the catalog is.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="part">Which part of the items this worker indexes, such as <c>new(2, 8)</c>; null for all.</param>
    /// <param name="cancellationToken">Stops the build. What was computed stays in the store.</param>
    /// <exception cref="CatalogException">The catalog is empty, has an id twice, or an item cannot be kept as JSON.</exception>
    /// <exception cref="SharedCatalogException">
    /// The store cannot be reached, or the catalog there was built with other settings.
    /// </exception>
    public static async Task<SharedRecommendationEngine<TItem>> BuildAsync<TItem>(
        this RecommenderBuilder builder, ImageCatalog<TItem> catalog, SharedCatalog shared, IProgress<BuildProgress>? progress = null,
        CatalogPart? part = null, CancellationToken cancellationToken = default)
    {
        Require(builder);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(shared);
        return await Task.Run(async () =>
        {
            var entries = await CatalogList.ReadAsync(catalog, cancellationToken).ConfigureAwait(false);
            new ItemJson<TItem>(builder.Json).RequireRoundTrip(entries);
            var start = Stopwatch.GetTimestamp();
            var index = await shared.ConnectAsync(cancellationToken).ConfigureAwait(false);
            SharedRecommendationEngine<TItem>? engine = null;
            try
            {
                var build = new SharedBuild<TItem>(index, builder, shared.Layout);
                var manifest = await build.EnsureAsync(entries, progress, cancellationToken).ConfigureAwait(false);
                engine = await LoadAsync<TItem>(index, manifest, builder, cancellationToken).ConfigureAwait(false);
                await engine.BuildAsync(entries, part, build.Written, start, progress, cancellationToken).ConfigureAwait(false);
                return engine;
            }
            catch
            {
                // The engine closes what it was made of.
                IAsyncDisposable made = engine is null ? index : engine;
                await made.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens a shared catalog. Components of the library are restored from the store; the caller's own must be in their slots again.
    /// </summary>
    /// <typeparam name="TItem">
    /// The type it was built with, or <see cref="JsonElement"/>, which reads the items of any catalog as the JSON that it keeps.
    /// </typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="shared">Where the catalog is.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="SharedCatalogException">
    /// The store cannot be reached, has no such catalog, or the catalog was built with other components.
    /// </exception>
    public static async Task<SharedRecommendationEngine<TItem>> OpenAsync<TItem>(
        this RecommenderBuilder builder, SharedCatalog shared, CancellationToken cancellationToken = default)
    {
        Require(builder);
        ArgumentNullException.ThrowIfNull(shared);
        return await Task.Run(async () =>
        {
            var index = await shared.ConnectAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var manifest = await ManifestAsync(index, shared, cancellationToken).ConfigureAwait(false);
                return await LoadAsync<TItem>(index, manifest, builder, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await index.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies a catalog file into a store, where it becomes a shared catalog: the fitted pipeline, the items and their rows. No image is
    /// read.
    /// </summary>
    /// <typeparam name="TItem">The type it was built with.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="file">A catalog file that a build has finished.</param>
    /// <param name="shared">Where the catalog is to be.</param>
    /// <param name="cancellationToken">Stops the copying. Delete what was copied before you try again.</param>
    /// <exception cref="CatalogFileException">No such file, damaged, or unfinished.</exception>
    /// <exception cref="SharedCatalogException">The store cannot be reached, or has a catalog of that name.</exception>
    public static async Task CopyAsync<TItem>(
        this RecommenderBuilder builder, string file, SharedCatalog shared, CancellationToken cancellationToken = default)
    {
        Require(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(shared);
        await Task.Run(async () =>
        {
            using var source = CatalogFile.Open(file);
            using var reading = source.BeginReading();
            var index = await shared.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = index.ConfigureAwait(false);
            await new SharedBuild<TItem>(index, builder, shared.Layout).ImportAsync(source, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies a shared catalog into a file, which an engine in one process opens: the fitted pipeline, the items in order of their ids and
    /// their rows. No image is read.
    /// </summary>
    /// <typeparam name="TItem">
    /// The type it was built with, or <see cref="JsonElement"/>, which copies the items of any catalog as they are.
    /// </typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="shared">Where the catalog is.</param>
    /// <param name="file">A file that is not there yet.</param>
    /// <param name="cancellationToken">Stops the copying, which leaves no file behind.</param>
    /// <exception cref="SharedCatalogException">The store cannot be reached, or has no such catalog.</exception>
    /// <exception cref="CatalogFileException">There is a catalog in that file, or it cannot be written.</exception>
    public static async Task CopyToFileAsync<TItem>(
        this RecommenderBuilder builder, SharedCatalog shared, string file, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var engine = await OpenCopyAsync<TItem>(builder, shared, file, cancellationToken).ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Copies a shared catalog into a file, or a temporary one, and opens that.</summary>
    internal static async Task<RecommendationEngine<TItem>> OpenCopyAsync<TItem>(
        RecommenderBuilder builder, SharedCatalog shared, string? file, CancellationToken cancellationToken)
    {
        Require(builder);
        ArgumentNullException.ThrowIfNull(shared);
        return await Task.Run(async () =>
        {
            var index = await shared.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = index.ConfigureAwait(false);
            var manifest = await ManifestAsync(index, shared, cancellationToken).ConfigureAwait(false);
            index.Use(manifest);
            return await new SharedExport<TItem>(index, manifest, builder).RunAsync(file, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<CatalogManifest> ManifestAsync(
        ISharedIndex index, SharedCatalog shared, CancellationToken cancellationToken) =>
        await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) ?? throw new SharedCatalogException(
            $"There is no shared catalog '{shared.Name}' in this store. Build it first, or give the name it was built under.");

    private static void Require(RecommenderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.HasOwnRecommender)
            throw new InvalidOperationException(
                "A shared catalog is searched by the store that holds it, and the builder was given a recommender of your own. "
                + "Leave that out.");
        if (builder.PutsCategoryFirst)
            throw new InvalidOperationException(
                "A shared catalog joins categories to the score, and the builder was told to put the category first. "
                + "Leave that out, or keep this catalog in a file.");
    }

    internal static async Task<SharedRecommendationEngine<TItem>> LoadAsync<TItem>(
        ISharedIndex index, CatalogManifest manifest, RecommenderBuilder builder, CancellationToken cancellationToken)
    {
        index.Use(manifest);
        using var file = await FittedPipeline.ReadAsync(index, manifest, cancellationToken).ConfigureAwait(false);
        var (components, pipeline) = FittedPipeline.Load<TItem>(file, builder);
        try
        {
            var tuning = await index.ReadTuningAsync(cancellationToken).ConfigureAwait(false);
            return new SharedRecommendationEngine<TItem>(new SharedState<TItem>(index, manifest, tuning, components, pipeline));
        }
        catch
        {
            components.DisposeExtractor();
            throw;
        }
    }
}
