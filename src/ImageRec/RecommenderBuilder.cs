using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageRec.Building;
using ImageRec.Clustering;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;
using ImageRec.Storage;
using static System.FormattableString;

namespace ImageRec;

/// <summary>
/// The front door: choose the components, then <see cref="BuildAsync{TItem}"/> or <see cref="OpenAsync{TItem}"/>. Each slot can be set once, in any order;
/// nothing is loaded or computed before the build.
/// </summary>
/// <example>
/// <code>
/// await using var shop = await new RecommenderBuilder().BuildAsync(ImageCatalog.FromFolder("photos"));
/// foreach (var hit in await shop.RecommendAsync("query.jpg", count: 5))
///     Console.WriteLine($"{hit.Score:F3}  {hit.Item.Id}");
/// </code>
/// </example>
public sealed class RecommenderBuilder
{
    private readonly Slot<ExtractorChoice> _extractor = new("extractor");
    private readonly Slot<IReducer> _reducer = new("reducer");
    private readonly Slot<CategoryChoice> _categories = new("category learner");
    private readonly List<Func<ICategoryLearner>> _restorable = [];
    private readonly Slot<IClusterer> _clusterer = new("clusterer");
    private readonly Slot<RankingChoice> _recommender = new("recommender");

    /// <summary>The only source of randomness: same seed, items and settings, same catalogue. 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Reduction and clusters are fitted on at most so many items, chosen at random; 20,000 unless set. Wide features lower it so that the sample's
    /// features take at most 128 MB.
    /// </summary>
    public int FitSampleRows { get; init; } = 20_000;

    /// <summary>How large pictures may be; 64 MB and 100 megapixels unless set.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>What to do about pictures that cannot be read; skipped and reported unless set.</summary>
    public UnreadableImages UnreadableImages { get; init; }

    /// <summary>
    /// How the caller's items are kept in the catalog file; System.Text.Json's defaults unless set. Items that would not come back as they are, such as types with
    /// public fields, are refused before the build begins. An app that is trimmed gives the options of a JsonSerializerContext here.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>
    /// How often an engine that was opened and has changed nothing looks for what another has changed in its file, more than zero; null, the default, leaves it to
    /// <see cref="RecommendationEngine{TItem}.RefreshAsync"/>.
    /// </summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>Uses the caller's own extractor; it is not disposed with the engine.</summary>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    public RecommenderBuilder UseExtractor(IFeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        _extractor.Set(new ExtractorChoice(extractor.Name, () => extractor, Owned: false, Recipe: null), extractor.Name);
        return this;
    }

    /// <summary>Uses a reducer.</summary>
    /// <exception cref="InvalidOperationException">A reducer was chosen before.</exception>
    public RecommenderBuilder UseReducer(IReducer reducer)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        _reducer.Set(reducer, reducer.Name);
        return this;
    }

    /// <summary>Learns the categories of the products and lets them join the ranking.</summary>
    /// <param name="learner">What learns.</param>
    /// <param name="weight">See <see cref="CategoryOptions.Weight"/>.</param>
    /// <param name="folds">See <see cref="CategoryOptions.Folds"/>.</param>
    /// <exception cref="InvalidOperationException">A category learner was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RecommenderBuilder UseCategoryLearner(ICategoryLearner learner, float? weight = null, int folds = 5)
    {
        ArgumentNullException.ThrowIfNull(learner);
        new CategoryOptions { Weight = weight, Folds = folds }.Validate();
        _categories.Set(new CategoryChoice(learner, weight, folds), learner.Name);
        return this;
    }

    /// <summary>Uses a clusterer.</summary>
    /// <exception cref="InvalidOperationException">A clusterer was chosen before.</exception>
    public RecommenderBuilder UseClusterer(IClusterer clusterer)
    {
        ArgumentNullException.ThrowIfNull(clusterer);
        _clusterer.Set(clusterer, clusterer.Name);
        return this;
    }

    /// <summary>Uses a recommender of the caller's; every engine gets one of its own and disposes it.</summary>
    /// <param name="create">Makes an empty recommender.</param>
    /// <param name="name">Printable name.</param>
    /// <exception cref="InvalidOperationException">A recommender was chosen before.</exception>
    public RecommenderBuilder UseRecommender(Func<IRecommender> create, string name)
    {
        ArgumentNullException.ThrowIfNull(create);
        _recommender.Set(new RankingChoice(null, (_, _) => create()), name);
        return this;
    }

    /// <summary>Ranks by cosine similarity in this process, exactly unless <see cref="CosineOptions.Recall"/> is set. The default.</summary>
    /// <param name="configure">Changes the defaults; the builder's seed holds, and rows that are not kept in memory are read from the catalogue file.</param>
    /// <exception cref="InvalidOperationException">A recommender was chosen before.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RecommenderBuilder RankByCosine(Action<CosineOptions>? configure = null)
    {
        var options = new CosineOptions();
        configure?.Invoke(options);
        options.Validate();
        _recommender.Set(RankingChoice.Cosine(options), "cosine");
        return this;
    }

    /// <summary>Takes features from a network in an ONNX file; <see cref="OnnxModel"/> has the well-known ones. The catalogue file keeps the network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="configure">Changes the defaults: threads, execution providers; the builder's <see cref="Limits"/> hold unless the options set their own.</param>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RecommenderBuilder UseOnnx(OnnxModel model, Action<OnnxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _extractor.Set(new ExtractorRecipe(model.Copy(), OnnxOptions.From(configure, Limits)).Choice, model.Name);
        return this;
    }

    /// <summary>Takes features from the network inside the package. The default.</summary>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    public RecommenderBuilder UseCompactNetwork() => UseOnnx(OnnxModel.Compact);

    /// <summary>
    /// Builds a catalogue, or goes on with one: run on a file again, it finishes what was interrupted, computes what is new or changed, removes what is
    /// no longer listed and takes over the rest.
    /// </summary>
    /// <typeparam name="TItem">The caller's own type.</typeparam>
    /// <param name="catalog">The products.</param>
    /// <param name="file">Where to keep the catalogue; null keeps it for the life of the engine only.</param>
    /// <param name="progress">Told where the build stands.</param>
    /// <param name="cancellationToken">Stops the build; what was computed stays in the file.</param>
    /// <exception cref="CatalogException">The catalogue is empty, has an id twice, or none of its pictures can be read.</exception>
    /// <exception cref="CatalogFileException">The file cannot be used, or was built with other settings.</exception>
    public async Task<RecommendationEngine<TItem>> BuildAsync<TItem>(
        ImageCatalog<TItem> catalog, string? file = null, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
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
                var report = await new CatalogBuild<TItem>(catalogFile, components, progress, cancellationToken).RunAsync(entries).ConfigureAwait(false);
                var own = entries.ToDictionary(e => e.Id, e => e.Item, StringComparer.Ordinal);
                engine = await EngineLoader.LoadAsync(catalogFile, components, own, report, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Opens a catalogue file. Components of the library are restored from it; the caller's own must be in their slots again.</summary>
    /// <typeparam name="TItem">The type it was built with; or <see cref="JsonElement"/>, which reads the items of any file as the JSON that the file keeps.</typeparam>
    /// <param name="file">A file that a build has finished.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="CatalogFileException">No such file, damaged, unfinished, of a newer version, or built with other components.</exception>
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
                return await EngineLoader.LoadAsync<TItem>(catalogFile, components, own: null, report: null, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                catalogFile.Dispose();
                components?.DisposeExtractor();
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uses an extractor of another package, which every engine makes for itself and disposes.</summary>
    /// <param name="name">Printable name.</param>
    /// <param name="create">Makes it.</param>
    internal RecommenderBuilder UseExtractor(string name, Func<IFeatureExtractor> create)
    {
        _extractor.Set(new ExtractorChoice(name, create, Owned: true, Recipe: null), name);
        return this;
    }

    /// <summary>Lets a file be opened whose categories were learned by a component of another package.</summary>
    /// <param name="make">Makes it.</param>
    internal void AddRestorable(Func<ICategoryLearner> make) => _restorable.Add(make);

    /// <summary>Checks what is set, before anything is read.</summary>
    private void Validate(string? file)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported && AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is not string { Length: > 0 })
            throw new PlatformNotSupportedException(
                "ImageRec fits and reads its models with ML.NET, which needs the just-in-time compiler, and this program was compiled ahead of time. "
                + "Publish it with PublishAot=false (in a file-based app: #:property PublishAot=false). Trimmed and single-file programs work.");
        if (FitSampleRows < 1)
            throw new InvalidOperationException(Invariant($"FitSampleRows is {FitSampleRows}; the models need at least 1 row to be fitted on."));
        if (Limits is null)
            throw new InvalidOperationException("Limits is null; leave it out for the defaults.");
        Limits.Validate();
        if (!Enum.IsDefined(UnreadableImages))
            throw new InvalidOperationException($"UnreadableImages is {UnreadableImages}; it must be one of {string.Join(", ", Enum.GetNames<UnreadableImages>())}.");
        if (RefreshInterval is { } interval && (interval <= TimeSpan.Zero || interval.TotalMilliseconds > uint.MaxValue - 1))
            throw new InvalidOperationException($"RefreshInterval is {interval}; it must be more than zero and at most 49 days, or null.");
        if (file is null && _recommender.Value?.Settings is { Memory: MemoryMode.CodesOnly })
            throw new InvalidOperationException(
                "MemoryMode.CodesOnly reads rows from the catalog file, and this engine has none. Give BuildAsync a file, or keep rows in memory.");
    }

    private OnnxOptions Onnx => new() { Limits = Limits };

    private Components CreateComponents() => Assemble(
        _extractor.Value ?? new ExtractorRecipe(OnnxModel.Compact, Onnx).Choice,
        _reducer.Value ?? DefaultReducer(),
        _categories.Value,
        _clusterer.Value ?? new KMeansClusterer(),
        _recommender.Value ?? RankingChoice.Cosine(new CosineOptions()));

    private IReducer DefaultReducer()
    {
        if (_extractor.Value is null)
            return new NoReduction();
        return _categories.Value is null ? new PcaReducer() : new PcaReducer { DefaultDimensions = PcaReducer.DimensionsForCategories };
    }

    /// <summary>What the slots hold, and from the file what they do not.</summary>
    private Components RestoreComponents(CatalogFile file)
    {
        var stored = CatalogSettings.Read(file) ?? throw file.Damaged("its settings are missing");
        StoredSettings.RequireComplete(file, stored);
        return Assemble(
            _extractor.Value ?? StoredComponents.Extractor(file, stored, Onnx),
            StoredComponents.Match<IReducer>(file, "reducer", stored.Reducer, _reducer.Value, r => r.Name, [() => new PcaReducer(), () => new NoReduction()]),
            StoredComponents.Categories(file, stored, _categories.Value, _restorable),
            StoredComponents.Match<IClusterer>(file, "clusterer", stored.Clusterer, _clusterer.Value, c => c.Name, [() => new KMeansClusterer(), () => new SingleCluster()]),
            _recommender.Value ?? RankingChoice.Cosine(stored.Cosine ?? new CosineSettings(null, default)));
    }

    private Components Assemble(ExtractorChoice extractor, IReducer reducer, CategoryChoice? categories, IClusterer clusterer, RankingChoice ranking) => new()
    {
        Extractor = extractor.Create(),
        OwnsExtractor = extractor.Owned,
        Recipe = extractor.Recipe,
        Reducer = reducer,
        Categories = categories,
        Clusterer = clusterer,
        Ranking = ranking,
        Seed = Seed,
        FitSampleRows = FitSampleRows,
        Limits = Limits,
        UnreadableImages = UnreadableImages,
        Json = Json,
        RefreshInterval = RefreshInterval,
    };
}
