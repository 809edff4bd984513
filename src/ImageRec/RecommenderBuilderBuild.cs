using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageRec.Building;
using ImageRec.Clustering;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;
using ImageRec.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static System.FormattableString;

namespace ImageRec;

/// <content>What the builder makes of its slots.</content>
public sealed partial class RecommenderBuilder
{
    /// <summary>
    /// Builds a catalog, or continues one: run on a file again, it finishes what was interrupted, computes what is new or changed, removes
    /// what is no longer listed and keeps the rest.
    /// </summary>
    /// <typeparam name="TItem">The caller's own type.</typeparam>
    /// <param name="catalog">The items.</param>
    /// <param name="file">The catalog file. Null keeps the catalog in memory, for the life of the engine.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="cancellationToken">Stops the build. What was computed stays in the file.</param>
    /// <exception cref="CatalogException">The catalog is empty, has an id twice, or none of its images can be read.</exception>
    /// <exception cref="CatalogFileException">The file cannot be used, or was built with other settings.</exception>
    public async Task<RecommendationEngine<TItem>> BuildAsync<TItem>(
        ImageCatalog<TItem> catalog, string? file = null, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Validate(file);
        return await Task.Run(async () =>
        {
            var entries = await CatalogList.ReadAsync(catalog, cancellationToken).ConfigureAwait(false);
            if (file is not null)
                new ItemJson<TItem>(Json).RequireRoundTrip(entries);
            // Before the file: a network that cannot be loaded leaves nothing behind.
            var components = CreateComponents();
            CatalogFile? catalogFile = null;
            var isNew = false;
            RecommendationEngine<TItem>? engine = null;
            try
            {
                catalogFile = CatalogFile.OpenOrCreate(file);
                isNew = CatalogSettings.Read(catalogFile) is null;
                if (!isNew)
                {
                    // Before any work: what a build does not read itself is needed by whoever opens the file.
                    catalogFile.State.Verify();
                    components = WithMarginsOf(catalogFile, components);
                }
                var build = new CatalogBuild<TItem>(catalogFile, components, progress, cancellationToken);
                var report = await build.RunAsync(entries).ConfigureAwait(false);
                var own = entries.ToDictionary(e => e.Id, e => e.Item, StringComparer.Ordinal);
                engine = await EngineLoader.LoadAsync(catalogFile, components, own, report, cancellationToken).ConfigureAwait(false);
                components.Logger.Built(catalogFile.Name, report);
                progress?.Report(new BuildProgress(BuildStage.Complete, entries.Count, entries.Count, 0, report.Elapsed, TimeSpan.Zero));
                return engine;
            }
            catch (Exception e)
            {
                if (engine is not null)
                {
                    await engine.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
                // Nothing to go on from: the next build finds no file, whatever its settings are.
                if (isNew && (e is InvalidFeaturesException || catalogFile?.HasComputed() == false))
                    catalogFile!.Discard();
                else
                    catalogFile?.Dispose();
                components.DisposeExtractor();
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens a catalog file. Components of the library are restored from it; the caller's own must be in their slots again.
    /// </summary>
    /// <typeparam name="TItem">
    /// The type it was built with, or <see cref="JsonElement"/>, which reads the items of any file as the JSON that the file keeps.
    /// </typeparam>
    /// <param name="file">A file that a build has finished.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="CatalogFileException">
    /// No such file, damaged, unfinished, of a newer version, or built with other components.
    /// </exception>
    public async Task<RecommendationEngine<TItem>> OpenAsync<TItem>(string file, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        Validate(file);
        return await Task.Run(async () =>
        {
            var catalogFile = CatalogFile.Open(file);
            Components? components = null;
            try
            {
                components = RestoreComponents(catalogFile);
                var engine = await EngineLoader.LoadAsync<TItem>(catalogFile, components, own: null, report: null, cancellationToken)
                    .ConfigureAwait(false);
                components.Logger.Opened(catalogFile.Name, engine.Count, engine.Describe());
                return engine;
            }
            catch
            {
                catalogFile.Dispose();
                components?.DisposeExtractor();
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks what is set, before anything is read.</summary>
    private void Validate(string? file)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported && AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is not string { Length: > 0 })
            throw new PlatformNotSupportedException(
                "ImageRec fits and reads its models with ML.NET, which needs the just-in-time compiler, and this program was compiled "
                + "ahead of time. Publish it with PublishAot=false (in a file-based app: #:property PublishAot=false). "
                + "Trimmed and single-file programs work.");
        if (FitSampleRows < 1)
            throw new InvalidOperationException(
                Invariant($"FitSampleRows is {FitSampleRows}; the models need at least 1 row to be fitted on."));
        if (Limits is null)
            throw new InvalidOperationException("Limits is null; leave it out for the defaults.");
        Limits.Validate();
        if (!Enum.IsDefined(UnreadableImages))
            throw new InvalidOperationException(
                $"UnreadableImages is {UnreadableImages}; it must be one of {string.Join(", ", Enum.GetNames<UnreadableImages>())}.");
        if (_joined.Count > 0 && _extractor.Value is { Recipe: null } other)
            throw new InvalidOperationException(
                $"{nameof(AndOnnx)} joins networks in ONNX files, and the extractor is {other.Name}. "
                + "Join its rows in an extractor of your own.");
        if (_network.Value is not null && _extractor.Value is { Recipe: null } own)
            throw new InvalidOperationException(
                $"The network is configured, and the extractor is {own.Name}, which is not a network in an ONNX file. "
                + $"Leave {nameof(ConfigureNetwork)} out.");
        if (RefreshInterval is { } interval && (interval <= TimeSpan.Zero || interval.TotalMilliseconds > uint.MaxValue - 1))
            throw new InvalidOperationException($"RefreshInterval is {interval}; it must be more than zero and at most 49 days, or null.");
        if (file is null && _recommender.Value?.Settings is { Memory: MemoryMode.CodesOnly })
            throw new InvalidOperationException(
                "MemoryMode.CodesOnly reads rows from the catalog file, and this engine has none. "
                + "Give BuildAsync a file, or keep rows in memory.");
    }

    /// <summary>Returns what a catalog elsewhere than in a file is built with.</summary>
    internal Components CreateShared()
    {
        Validate(SharedName);
        return CreateComponents();
    }

    /// <summary>Returns what a catalog elsewhere than in a file was built with.</summary>
    /// <param name="file">Holds its settings and models.</param>
    internal Components RestoreShared(CatalogFile file)
    {
        Validate(SharedName);
        return RestoreComponents(file);
    }

    /// <summary>Gets whether answers are ranked by a recommender of the caller's.</summary>
    internal bool HasOwnRecommender => _recommender.Value is { Settings: null };

    /// <summary>Gets whether answers are to come from the most probable category first.</summary>
    internal bool PutsCategoryFirst => _categories.Value is { CategoryFirst: true };

    private const string SharedName = "shared";

    private Components CreateComponents() => Assemble(
        Chosen() ?? new ExtractorRecipe(OnnxModel.Compact).Choice,
        _reducer.Value ?? DefaultReducer(),
        _categories.Value,
        _clusterer.Value ?? new KMeansClusterer(),
        _recommender.Value ?? RankingChoice.Cosine(new CosineOptions()));

    /// <summary>Returns the extractor with the networks joined to it; null when neither was chosen.</summary>
    private ExtractorChoice? Chosen()
    {
        if (_joined.Count == 0)
            return _extractor.Value;
        var recipe = _extractor.Value?.Recipe ?? new ExtractorRecipe(OnnxModel.Compact);
        foreach (var (model, weight) in _joined)
            recipe = recipe.And(model, weight);
        return recipe.Choice;
    }

    /// <summary>Returns what was chosen, with margins as the file has them where that was not said.</summary>
    private ExtractorChoice? ChosenFor(CatalogFile file) =>
        Chosen() is { } choice ? choice.Recipe?.WithMarginsOf(file).Choice ?? choice : null;

    private Components WithMarginsOf(CatalogFile file, Components components)
    {
        if (components.Recipe is not { } own || own.WithMarginsOf(file) is not { } recipe || recipe == own)
            return components;
        components.DisposeExtractor();
        return components with { Extractor = recipe.Choice.Create(NetworkOptions), Recipe = recipe };
    }

    private OnnxOptions NetworkOptions => _network.Value ?? new OnnxOptions { Limits = Limits };

    private IReducer DefaultReducer()
    {
        if (_extractor.Value is null && _joined.Count == 0)
            return new NoReduction();
        return _categories.Value is null ? new PcaReducer() : new PcaReducer { DefaultDimensions = PcaReducer.DimensionsForCategories };
    }

    /// <summary>Returns what the slots hold, and from the file what they do not.</summary>
    private Components RestoreComponents(CatalogFile file)
    {
        var stored = CatalogSettings.Read(file) ?? throw file.Damaged("its settings are missing");
        StoredSettings.RequireComplete(file, stored);
        return Assemble(
            ChosenFor(file) ?? StoredComponents.Extractor(file, stored),
            StoredComponents.Match<IReducer>(
                file, "reducer", stored.Reducer, _reducer.Value, r => r.Name, [() => new PcaReducer(), () => new NoReduction()]),
            StoredComponents.Categories(file, stored, _categories.Value, _restorable),
            StoredComponents.Match<IClusterer>(
                file, "clusterer", stored.Clusterer, _clusterer.Value, c => c.Name,
                [() => new KMeansClusterer(), () => new SingleCluster()]),
            _recommender.Value ?? RankingChoice.Cosine(stored.Cosine ?? new CosineSettings(null, default)));
    }

    private Components Assemble(
        ExtractorChoice choice, IReducer reducer, CategoryChoice? categories, IClusterer clusterer, RankingChoice ranking)
    {
        var extractor = choice.Create(NetworkOptions);
        return new Components
        {
            Extractor = extractor,
            OwnsExtractor = choice.Owned,
            Recipe = choice.Recipe,
            Reducer = JoinedReducer.For(extractor, reducer),
            Categories = categories,
            Clusterer = clusterer,
            Ranking = ranking,
            Seed = Seed,
            FitSampleRows = FitSampleRows,
            Limits = Limits,
            UnreadableImages = UnreadableImages,
            Json = Json,
            RefreshInterval = RefreshInterval,
            Logger = LoggerFactory is null ? NullLogger.Instance : new GuardedLogger(LoggerFactory.CreateLogger(LogMessages.Category)),
        };
    }
}
