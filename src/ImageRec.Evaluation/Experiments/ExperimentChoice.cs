namespace ImageRec.Evaluation.Experiments;

/// <summary>Holds one choice on an axis of an experiment.</summary>
/// <param name="Settings">What the table shows: names of settings and their values.</param>
/// <param name="Apply">Makes the choice on a cell's builder.</param>
internal sealed record ExperimentChoice(IReadOnlyDictionary<string, string> Settings, Action<RecommenderBuilder> Apply)
{
    public ExperimentChoice(string setting, string value, Action<RecommenderBuilder> apply)
        : this(new Dictionary<string, string> { [setting] = value }, apply)
    {
    }
}
