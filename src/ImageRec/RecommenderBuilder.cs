using System.Text.Json;
using ImageRec.Building;
using ImageRec.Clustering;
using ImageRec.Features;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;
using Microsoft.Extensions.Logging;

namespace ImageRec;

/// <summary>
/// Chooses the components, then builds a catalog with <see cref="BuildAsync{TItem}"/> or opens one with <see cref="OpenAsync{TItem}"/>.
/// Each slot can be set once, in any order; nothing is loaded or computed before.
/// </summary>
/// <example>
/// <code>
/// await using var shop = await new RecommenderBuilder().BuildAsync(ImageCatalog.FromFolder("photos"));
/// foreach (var hit in await shop.RecommendAsync("query.jpg", count: 5))
///     Console.WriteLine($"{hit.Score:F3}  {hit.Item.Id}");
/// </code>
/// </example>
public sealed partial class RecommenderBuilder
{
    private readonly Slot<ExtractorChoice> _extractor = new("extractor");
    private readonly List<(OnnxModel Model, float Weight)> _joined = [];
    private readonly Slot<OnnxOptions> _network = new("configuration of the network");
    private readonly Slot<IReducer> _reducer = new("reducer");
    private readonly Slot<CategoryChoice> _categories = new("category learner");
    private readonly List<Func<ICategoryLearner>> _restorable = [];
    private readonly Slot<IClusterer> _clusterer = new("clusterer");
    private readonly Slot<RankingChoice> _recommender = new("recommender");

    /// <summary>
    /// Gets or initializes the only source of randomness: the same seed, items and settings build the same catalog. The default is 1.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Gets or initializes the most items that reduction and clusters are fitted on, chosen at random, 1 or more. The default is 20,000;
    /// wide embeddings lower it so that the sample takes at most 128 MB.
    /// </summary>
    public int FitSampleRows { get; init; } = 20_000;

    /// <summary>Gets or initializes how large images may be. The default is 64 MB and 100 megapixels.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Gets or initializes what happens to images that cannot be read. By default they are skipped and reported.</summary>
    public UnreadableImages UnreadableImages { get; init; }

    /// <summary>
    /// Gets or initializes how the caller's items are kept in the catalog file. The default is what System.Text.Json does by default. Items
    /// that would not come back as they are, such as types with public fields, make the build throw before it begins. An app that is
    /// trimmed sets the options of a JsonSerializerContext.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>
    /// Gets or initializes how often an engine that was opened and has changed nothing takes over what another engine has changed in its
    /// file, more than zero. Null, the default, leaves it to <see cref="RecommendationEngine{TItem}.RefreshAsync"/>.
    /// </summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>
    /// Gets or initializes where builds and engines log, in the category <c>ImageRec</c>: what was built and opened (Information), items
    /// that are unreadable and changes that cannot be followed (Warning), changes (Debug). Null, the default, logs nothing.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Uses the caller's own extractor. It is not disposed with the engine.</summary>
    /// <param name="extractor">Computes embeddings.</param>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    public RecommenderBuilder UseExtractor(IFeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        _extractor.Set(new ExtractorChoice(extractor.Name, _ => extractor, Owned: false, Recipe: null), extractor.Name);
        return this;
    }

    /// <summary>Uses a reducer.</summary>
    /// <param name="reducer">Reduces embeddings to rows.</param>
    /// <exception cref="InvalidOperationException">A reducer was chosen before.</exception>
    public RecommenderBuilder UseReducer(IReducer reducer)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        _reducer.Set(reducer, reducer.Name);
        return this;
    }

    /// <summary>Learns the categories of the items and lets them take part in the ranking.</summary>
    /// <param name="learner">Learns categories from rows.</param>
    /// <param name="weight">See <see cref="CategoryOptions.Weight"/>.</param>
    /// <param name="folds">See <see cref="CategoryOptions.Folds"/>.</param>
    /// <param name="categoryFirst">See <see cref="CategoryOptions.CategoryFirst"/>.</param>
    /// <exception cref="InvalidOperationException">A category learner was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">A weight is given, and the category comes first.</exception>
    public RecommenderBuilder UseCategoryLearner(
        ICategoryLearner learner, float? weight = null, int folds = 5, bool categoryFirst = false)
    {
        ArgumentNullException.ThrowIfNull(learner);
        new CategoryOptions { Weight = weight, Folds = folds, CategoryFirst = categoryFirst }.Validate();
        _categories.Set(new CategoryChoice(learner, weight, folds, categoryFirst), learner.Name);
        return this;
    }

    /// <summary>Uses a clusterer.</summary>
    /// <param name="clusterer">Divides rows into clusters.</param>
    /// <exception cref="InvalidOperationException">A clusterer was chosen before.</exception>
    public RecommenderBuilder UseClusterer(IClusterer clusterer)
    {
        ArgumentNullException.ThrowIfNull(clusterer);
        _clusterer.Set(clusterer, clusterer.Name);
        return this;
    }

    /// <summary>Uses a recommender of the caller's own. Each engine creates one and disposes it.</summary>
    /// <param name="create">Creates an empty recommender.</param>
    /// <param name="name">Short printable name.</param>
    /// <exception cref="InvalidOperationException">A recommender was chosen before.</exception>
    public RecommenderBuilder UseRecommender(Func<IRecommender> create, string name)
    {
        ArgumentNullException.ThrowIfNull(create);
        _recommender.Set(new RankingChoice(null, (_, _) => create()), name);
        return this;
    }

    /// <summary>
    /// Ranks by cosine similarity in this process, exactly unless <see cref="CosineOptions.Recall"/> is set. This is the default.
    /// </summary>
    /// <param name="configure">Changes the defaults.</param>
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

    /// <summary>
    /// Computes embeddings by a network in an ONNX file; <see cref="OnnxModel"/> has the well-known ones. The catalog file keeps the
    /// network.
    /// </summary>
    /// <param name="model">The network; copied.</param>
    /// <param name="configure">Changes how the network is run, as <see cref="ConfigureNetwork"/> does.</param>
    /// <exception cref="InvalidOperationException">An extractor, or a configuration of the network, was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RecommenderBuilder UseOnnx(OnnxModel model, Action<OnnxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var recipe = new ExtractorRecipe(model.Copy());
        if (configure is not null)
            _network.Set(OnnxOptions.From(configure, Limits), nameof(UseOnnx));
        _extractor.Set(recipe.Choice, model.Name);
        return this;
    }

    /// <summary>
    /// Joins the rows of one more network to those of <see cref="UseOnnx"/>, or to those of the network inside the package: each is reduced
    /// by itself, and what they see counts by their weights. The catalog file keeps all of them.
    /// </summary>
    /// <param name="model">The network; copied.</param>
    /// <param name="weight">How much it counts where the first network counts 1, more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not a finite number above 0.</exception>
    /// <example>
    /// <code>
    /// var builder = new RecommenderBuilder().UseCompactNetwork().AndOnnx(OnnxModel.AlexNet("alexnet.onnx"), weight: 0.7f);
    /// </code>
    /// </example>
    public RecommenderBuilder AndOnnx(OnnxModel model, float weight = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!(weight > 0 && float.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A network counts by a finite weight above 0.");
        _joined.Add((model.Copy(), weight));
        return this;
    }

    /// <summary>Computes embeddings by the network inside the package. This is the default.</summary>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    public RecommenderBuilder UseCompactNetwork() => UseOnnx(OnnxModel.Compact);

    /// <summary>
    /// Changes how the network is run, whichever it is: the one of <see cref="UseOnnx"/>, the one inside the package, or the one that the
    /// file of <see cref="OpenAsync{TItem}"/> holds.
    /// </summary>
    /// <param name="configure">
    /// Changes threads, batches, execution providers. The builder's <see cref="Limits"/> hold unless the options set their own.
    /// </param>
    /// <exception cref="InvalidOperationException">The network was configured before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <example>
    /// <code>
    /// var builder = new RecommenderBuilder().ConfigureNetwork(network => network.Threads = 2);
    /// await using var shop = await builder.OpenAsync&lt;Product&gt;("shop.imagerec");
    /// </code>
    /// </example>
    public RecommenderBuilder ConfigureNetwork(Action<OnnxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _network.Set(OnnxOptions.From(configure, Limits), nameof(ConfigureNetwork));
        return this;
    }

    /// <summary>Uses an extractor of another package, which each engine creates and disposes.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="create">Creates it.</param>
    internal RecommenderBuilder UseExtractor(string name, Func<IFeatureExtractor> create)
    {
        _extractor.Set(new ExtractorChoice(name, _ => create(), Owned: true, Recipe: null), name);
        return this;
    }

    /// <summary>Lets a file be opened whose categories were learned by a component of another package.</summary>
    /// <param name="make">Creates it.</param>
    internal void AddRestorable(Func<ICategoryLearner> make) => _restorable.Add(make);
}
