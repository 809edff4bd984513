namespace ImageRec;

/// <summary>What was learned about categories, with figures on rows that were held out of the learning.</summary>
/// <remarks>
/// Held-out figures are by cross-validation: every row is predicted by a classifier that has seen neither it nor any row that shows the
/// same thing, as far as ids of products or the rows
/// themselves tell. A training accuracy far above the held-out one is over-fitting.
/// </remarks>
public sealed record CategoryReport
{
    /// <summary>What learned, with the settings that were chosen, such as <c>max-entropy(l2 0.1)</c>.</summary>
    public required string Learner { get; init; }

    /// <summary>The categories in ordinal order.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Rows with a category that it learned from.</summary>
    public required int LabelledRows { get; init; }

    /// <summary>Rows of the same sample without a category.</summary>
    public required int UnlabelledRows { get; init; }

    /// <summary>Why nothing could be learned; null when it could. The figures below are 0 then.</summary>
    public string? Note { get; init; }

    /// <summary>Groups of labeled rows that each show one thing, such as the photos of one product; a group is never taken apart by the
    /// cross-validation.</summary>
    public int HeldOutGroups { get; init; }

    /// <summary>Labeled photos that the network itself has learned from; it tells them better than any others, so they count in no
    /// held-out figure where enough others remain.</summary>
    public int KnownToNetwork { get; init; }

    /// <summary>Whether the network has learned from so many of the photos that the held-out figures are of those: how well strangers'
    /// photos are told is not known then.</summary>
    public bool IsFlattered { get; init; }

    /// <summary>What to know of the held-out figures before believing them, as a sentence or more; null when there is nothing.</summary>
    public string? HeldOutNote { get; init; }

    /// <summary>Parts of the cross-validation.</summary>
    public int Folds { get; init; }

    /// <summary>Share of rows it predicts right that it has learned from, 0 to 1.</summary>
    public double TrainingAccuracy { get; init; }

    /// <summary>Share of held-out rows predicted right, 0 to 1.</summary>
    public double HeldOutAccuracy { get; init; }

    /// <summary>Share that always saying the most frequent category would have right, 0 to 1.</summary>
    public double MajorityAccuracy { get; init; }

    /// <summary>Mean of -ln of the probability given to the true category of held-out rows.</summary>
    public double HeldOutLogLoss { get; init; }

    /// <summary>Expected calibration error of held-out rows, 0 to 1: how far probabilities are from the share that is right.</summary>
    public double CalibrationError { get; init; }

    /// <summary>By what scores are divided so that probabilities mean what they say; above 1 the classifier was over-confident.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Weight of the categories beside the picture, see <see cref="CategoryOptions.Weight"/>.</summary>
    public float Weight { get; init; }

    /// <summary>Precision of the first 5 answers to held-out rows, 0 to 1, by picture and categories.</summary>
    public double HeldOutPrecisionAt5 { get; init; }

    /// <summary>Mean average precision of held-out rows, 0 to 1, by picture and categories.</summary>
    public double HeldOutMeanAveragePrecision { get; init; }

    /// <summary>Precision of the first 5 answers by the picture alone, 0 to 1.</summary>
    public double PicturePrecisionAt5 { get; init; }

    /// <summary>Mean average precision by the picture alone, 0 to 1.</summary>
    public double PictureMeanAveragePrecision { get; init; }
}
