using System.Text.Json.Serialization;

namespace ImageRec;

/// <summary>Reports what was learned about categories, with figures on rows that were held out of the learning.</summary>
/// <remarks>
/// Held-out figures come from cross-validation: every row is predicted by a classifier that has seen neither it nor any row that shows the
/// same thing, as far as the ids of products or the rows themselves tell. A training accuracy far above the held-out one is over-fitting.
/// </remarks>
public sealed class CategoryReport
{
    [JsonConstructor]
    internal CategoryReport()
    {
    }

    /// <summary>Gets what learned, with the settings that were chosen, such as <c>max-entropy(l2 0.1)</c>.</summary>
    [JsonInclude]
    [JsonRequired]
    public string Learner { get; internal set; } = "";

    /// <summary>Gets the categories in ordinal order.</summary>
    [JsonInclude]
    [JsonRequired]
    public IReadOnlyList<string> Categories { get; internal set; } = [];

    /// <summary>Gets the number of rows with a category, which it learned from.</summary>
    [JsonInclude]
    [JsonRequired]
    public int LabeledRows { get; internal set; }

    /// <summary>Gets the number of rows of the same sample without a category.</summary>
    [JsonInclude]
    [JsonRequired]
    public int UnlabeledRows { get; internal set; }

    /// <summary>Gets why nothing could be learned; null when it could. The figures below are 0 then.</summary>
    [JsonInclude]
    public string? Note { get; internal set; }

    /// <summary>
    /// Gets the number of groups of labeled rows that each show one thing, such as the photos of one product; cross-validation never takes
    /// a group apart.
    /// </summary>
    [JsonInclude]
    public int HeldOutGroups { get; internal set; }

    /// <summary>
    /// Gets the number of labeled photos that the network itself has learned from. It recognizes them better than any others, so they count
    /// in no held-out figure where enough others remain.
    /// </summary>
    [JsonInclude]
    public int KnownToNetwork { get; internal set; }

    /// <summary>
    /// Gets whether the network has learned from so many of the photos that the held-out figures are of those; how well photos of others
    /// are classified is unknown then.
    /// </summary>
    [JsonInclude]
    public bool IsFlattered { get; internal set; }

    /// <summary>
    /// Gets what to know of the held-out figures before believing them, as a sentence or more; null when there is nothing.
    /// </summary>
    [JsonInclude]
    public string? HeldOutNote { get; internal set; }

    /// <summary>Gets the number of parts of the cross-validation.</summary>
    [JsonInclude]
    public int Folds { get; internal set; }

    /// <summary>Gets the share of rows it has learned from that it predicts right, 0 to 1.</summary>
    [JsonInclude]
    public double TrainingAccuracy { get; internal set; }

    /// <summary>Gets the share of held-out rows predicted right, 0 to 1.</summary>
    [JsonInclude]
    public double HeldOutAccuracy { get; internal set; }

    /// <summary>Gets the share of rows that are of the most frequent category, 0 to 1: the accuracy of always predicting it.</summary>
    [JsonInclude]
    public double MajorityAccuracy { get; internal set; }

    /// <summary>Gets the mean of -ln of the probability given to the true category of held-out rows.</summary>
    [JsonInclude]
    public double HeldOutLogLoss { get; internal set; }

    /// <summary>
    /// Gets the expected calibration error of held-out rows, 0 to 1: how far probabilities are from the share that is right.
    /// </summary>
    [JsonInclude]
    public double CalibrationError { get; internal set; }

    /// <summary>Gets the number that scores are divided by to calibrate them; above 1 the classifier was over-confident.</summary>
    [JsonInclude]
    public float Temperature { get; internal set; } = 1;

    /// <summary>
    /// Gets the weight of the categories beside the image; see <see cref="CategoryOptions.Weight"/>. It is 0 where the category comes
    /// first.
    /// </summary>
    [JsonInclude]
    public float Weight { get; internal set; }

    /// <summary>Gets whether the category comes first; see <see cref="CategoryOptions.CategoryFirst"/>.</summary>
    [JsonInclude]
    internal bool CategoryFirst { get; set; }

    /// <summary>Gets the precision of the first 5 answers to held-out rows, 0 to 1, by image and categories.</summary>
    [JsonInclude]
    public double HeldOutPrecisionAt5 { get; internal set; }

    /// <summary>Gets the mean average precision of held-out rows, 0 to 1, by image and categories.</summary>
    [JsonInclude]
    public double HeldOutMeanAveragePrecision { get; internal set; }

    /// <summary>Gets the precision of the first 5 answers by the image alone, 0 to 1.</summary>
    [JsonInclude]
    public double PicturePrecisionAt5 { get; internal set; }

    /// <summary>Gets the mean average precision by the image alone, 0 to 1.</summary>
    [JsonInclude]
    public double PictureMeanAveragePrecision { get; internal set; }
}
