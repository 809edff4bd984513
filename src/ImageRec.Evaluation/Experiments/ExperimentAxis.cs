using System.Globalization;
using ImageRec.Evaluation.Experiments;

namespace ImageRec.Evaluation;

/// <summary>Lists the choices for one part of the pipeline. Every cell of a grid takes one choice of each axis.</summary>
public sealed class ExperimentAxis
{
    private ExperimentAxis(IEnumerable<ExperimentChoice> choices) => Choices = [.. choices];

    internal IReadOnlyList<ExperimentChoice> Choices { get; }

    private static ExperimentChoice Unreduced { get; } =
        new(new Dictionary<string, string> { ["dimensions"] = "all", ["weighting"] = "" }, builder => builder.WithoutReduction());

    private static ExperimentChoice Unlearned { get; } =
        new(new Dictionary<string, string> { ["learner"] = "none", ["fusion weight"] = "" }, _ => { });

    /// <summary>Varies the principal components: every number of dimensions with every weighting.</summary>
    /// <param name="dimensions">Dimensions per row. 0 means no reduction, once, whatever the weightings.</param>
    /// <param name="weightings">
    /// See <see cref="PcaOptions.Weighting"/>: 0 is plain PCA and -1 is whitening. Null takes the default weighting alone.
    /// </param>
    public static ExperimentAxis Pca(IEnumerable<int> dimensions, IEnumerable<double>? weightings = null)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var weights = weightings?.ToList() ?? [PcaOptions.DefaultWeighting];
        return new(dimensions.SelectMany(d => d == 0 ? [Unreduced] : weights.Select(w => new ExperimentChoice(
            new Dictionary<string, string> { ["dimensions"] = Text(d), ["weighting"] = Text(w) },
            builder => builder.ReduceWithPca(o => (o.Dimensions, o.Weighting) = (d, w))))));
    }

    /// <summary>Varies how categories are learned: every trainer with every fusion weight.</summary>
    /// <param name="trainers">The trainers. Null means no learning, once, whatever the weights.</param>
    /// <param name="weights">See <see cref="CategoryOptions.Weight"/>. Null lets each build find its own weight, and is the
    /// default.</param>
    public static ExperimentAxis Categories(IEnumerable<CategoryTrainer?> trainers, IEnumerable<float?>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        var all = weights?.ToList() ?? [null];
        return new(trainers.SelectMany(trainer => trainer is not { } learner ? [Unlearned] : all.Select(weight => new ExperimentChoice(
            new Dictionary<string, string> { ["learner"] = learner.ToString(), ["fusion weight"] = weight is { } w ? Text(w) : "found" },
            builder => builder.LearnCategories(o => (o.Trainer, o.Weight) = (learner, weight))))));
    }

    /// <summary>Varies the number of k-means clusters.</summary>
    public static ExperimentAxis Clusters(params IEnumerable<int> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return new(clusters.Select(k => new ExperimentChoice("clusters", Text(k), builder => builder.ClusterWithKMeans(k))));
    }

    /// <summary>Varies anything else that a builder method sets.</summary>
    /// <param name="setting">The name of the setting, which is a column of the table.</param>
    /// <param name="choices">The values in the table, and what each does to a builder.</param>
    public static ExperimentAxis Of(string setting, params IEnumerable<(string Value, Action<RecommenderBuilder> Apply)> choices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(setting);
        ArgumentNullException.ThrowIfNull(choices);
        return new(choices.Select(c => new ExperimentChoice(setting, c.Value, c.Apply)));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
