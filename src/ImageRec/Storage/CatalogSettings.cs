using System.Text.Json.Serialization;
using static System.FormattableString;

namespace ImageRec.Storage;

/// <summary>Holds what a catalog was built with; kept in the file and compared when it is built on or opened.</summary>
internal sealed record CatalogSettings
{
    public required string ItemType { get; init; }
    public required int Seed { get; init; }
    public required string Extractor { get; init; }
    public required string Fingerprint { get; init; }

    /// <summary>Gets other fingerprints that earlier versions wrote for the very same rows; not kept in the file.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FormerFingerprints { get; init; } = [];

    public required int FeatureDimensions { get; init; }
    public required string Reducer { get; init; }
    public required string Learner { get; init; }
    public required string Clusterer { get; init; }
    public required int FitSampleRows { get; init; }
    public required BuildStage Stage { get; init; }

    /// <summary>
    /// Gets the search settings of the library's own recommender, used again when the file is opened without other settings. Null for the
    /// caller's own.
    /// </summary>
    public CosineSettings? Cosine { get; init; }

    private const string Name = "settings";

    /// <summary>Returns the settings in a file; null where there are none yet.</summary>
    public static CatalogSettings? Read(CatalogFile file) => file.State.ReadJson(Name, StorageJson.Default.CatalogSettings);

    public void Write(CatalogFile file) => file.State.WriteJson(Name, this, StorageJson.Default.CatalogSettings);
    /// <summary>Returns whether the rows of a file with these settings are those that the wanted extractor makes.</summary>
    public bool HasRowsOf(CatalogSettings wanted) => Fingerprint == wanted.Fingerprint || wanted.FormerFingerprints.Contains(Fingerprint);

    /// <summary>Returns sentences that name both values of each setting that differs in a way that changes rows or answers.</summary>
    public IEnumerable<string> DifferencesFrom(CatalogSettings wanted)
    {
        if (!HasRowsOf(wanted))
            yield return $"its rows come from {Extractor} ({Fingerprint}), not from {wanted.Extractor} ({wanted.Fingerprint})";
        if (Reducer != wanted.Reducer)
            yield return $"its reduction is {Reducer}, not {wanted.Reducer}";
        if (Learner != wanted.Learner)
            yield return $"its category learning is {Learner}, not {wanted.Learner}";
        if (Clusterer != wanted.Clusterer)
            yield return $"its clustering is {Clusterer}, not {wanted.Clusterer}";
        if (Seed != wanted.Seed)
            yield return $"its seed is {Seed}, not {wanted.Seed}";
        if (FitSampleRows != wanted.FitSampleRows)
            yield return Invariant($"its models were fitted on at most {FitSampleRows:N0} rows, not {wanted.FitSampleRows:N0}");
        if (ItemType != wanted.ItemType)
            yield return $"its items are {ItemType}, not {wanted.ItemType}";
    }
}
