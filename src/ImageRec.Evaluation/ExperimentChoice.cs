namespace ImageRec.Evaluation;

/// <summary>One value on an axis of an experiment.</summary>
/// <param name="Settings">What the table shows: names of settings and their values.</param>
/// <param name="Apply">Makes the choice on a cell's builder.</param>
public sealed record ExperimentChoice(IReadOnlyDictionary<string, string> Settings, Action<RecommenderBuilder> Apply)
{
    /// <summary>A choice that one setting describes.</summary>
    /// <param name="setting">Name of the setting, a column of the table.</param>
    /// <param name="value">Its value.</param>
    /// <param name="apply">Makes the choice on a cell's builder.</param>
    public ExperimentChoice(string setting, string value, Action<RecommenderBuilder> apply)
        : this(new Dictionary<string, string> { [setting] = value }, apply)
    {
    }
}
