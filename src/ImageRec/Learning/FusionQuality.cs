namespace ImageRec.Learning;

/// <summary>Measures how well rows rank with one weight of the categories.</summary>
/// <param name="Weight">Of the category part; 0 is the image alone.</param>
/// <param name="PrecisionAt5">Mean over the queries, 0 to 1.</param>
/// <param name="MeanAveragePrecision">Mean over the queries, 0 to 1.</param>
/// <param name="StandardError">Of the mean of the two.</param>
internal readonly record struct FusionQuality(float Weight, double PrecisionAt5, double MeanAveragePrecision, double StandardError)
{
    public double Value => (PrecisionAt5 + MeanAveragePrecision) / 2;
}
