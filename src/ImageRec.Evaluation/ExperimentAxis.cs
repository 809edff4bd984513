using System.Globalization;

namespace ImageRec.Evaluation;

/// <summary>What an experiment varies: every cell of the grid takes one choice of each axis.</summary>
/// <param name="Choices">One choice or more.</param>
public sealed record ExperimentAxis(IReadOnlyList<ExperimentChoice> Choices)
{
    /// <summary>Principal components: every number of dimensions with every weighting.</summary>
    /// <param name="dimensions">Numbers a row; 0 for no reduction, with which weightings do not multiply.</param>
    /// <param name="weightings">See <see cref="PcaOptions.Weighting"/>: 0 is plain, -1 whitening; its default alone unless given.</param>
    public static ExperimentAxis Pca(IEnumerable<int> dimensions, IEnumerable<double>? weightings = null)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var weights = weightings?.ToList() ?? [PcaOptions.DefaultWeighting];
        return new([.. dimensions.SelectMany(d => d == 0 ? [Unreduced] : weights.Select(w => new ExperimentChoice(
            new Dictionary<string, string> { ["dimensions"] = Text(d), ["weighting"] = Text(w) },
            builder => builder.ReduceWithPca(o => (o.Dimensions, o.Weighting) = (d, w)))))]);
    }

    /// <summary>Learning from the categories: every trainer with every fusion weight.</summary>
    /// <param name="trainers">What learns; null for not learning, with which weights do not multiply.</param>
    /// <param name="weights">See <see cref="CategoryOptions.Weight"/>; null, the default, lets each build find its own.</param>
    public static ExperimentAxis Categories(IEnumerable<CategoryTrainer?> trainers, IEnumerable<float?>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        var all = weights?.ToList() ?? [null];
        return new([.. trainers.SelectMany(trainer => trainer is not { } learner ? [Unlearned] : all.Select(weight => new ExperimentChoice(
            new Dictionary<string, string> { ["learner"] = learner.ToString(), ["fusion weight"] = weight is { } w ? Text(w) : "found" },
            builder => builder.LearnCategories(o => (o.Trainer, o.Weight) = (learner, weight)))))]);
    }

    /// <summary>Numbers of k-means clusters.</summary>
    public static ExperimentAxis Clusters(params IEnumerable<int> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return new([.. clusters.Select(k => new ExperimentChoice("clusters", Text(k), builder => builder.ClusterWithKMeans(k)))]);
    }

    /// <summary>Anything that a builder can be told.</summary>
    /// <param name="setting">Name of the setting, a column of the table.</param>
    /// <param name="choices">Values and what they do.</param>
    public static ExperimentAxis Of(string setting, params IEnumerable<(string Value, Action<RecommenderBuilder> Apply)> choices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(setting);
        ArgumentNullException.ThrowIfNull(choices);
        return new([.. choices.Select(c => new ExperimentChoice(setting, c.Value, c.Apply))]);
    }

    private static ExperimentChoice Unreduced { get; } =
        new(new Dictionary<string, string> { ["dimensions"] = "all", ["weighting"] = "" }, builder => builder.WithoutReduction());

    private static ExperimentChoice Unlearned { get; } = new(new Dictionary<string, string> { ["learner"] = "none", ["fusion weight"] = "" }, _ => { });

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
