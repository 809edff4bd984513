using System.Text.Json;
using ImageRec.Clustering;
using ImageRec.Features;
using ImageRec.Reduction;
using ImageRec.Storage;
using Microsoft.Extensions.Logging;

namespace ImageRec.Building;

/// <summary>Holds a copy of what a builder chose, so that later edits of the builder do not change the engine.</summary>
internal sealed record Components
{
    public required IFeatureExtractor Extractor { get; init; }

    /// <summary>Gets whether the engine disposes the extractor.</summary>
    public required bool OwnsExtractor { get; init; }

    /// <summary>Gets how the extractor is made again from the file; null for the caller's own.</summary>
    public required ExtractorRecipe? Recipe { get; init; }

    public required IReducer Reducer { get; init; }

    /// <summary>Gets how categories are learned; null when they are not.</summary>
    public required CategoryChoice? Categories { get; init; }

    public required IClusterer Clusterer { get; init; }
    public required RankingChoice Ranking { get; init; }
    public required int Seed { get; init; }
    public required int FitSampleRows { get; init; }
    public required ImageLimits Limits { get; init; }
    public required UnreadableImages UnreadableImages { get; init; }
    public required JsonSerializerOptions? Json { get; init; }
    public required TimeSpan? RefreshInterval { get; init; }
    public required ILogger Logger { get; init; }

    public CatalogSettings Settings<TItem>(BuildStage stage) => new()
    {
        ItemType = typeof(TItem).FullName ?? typeof(TItem).Name,
        Seed = Seed,
        Extractor = Extractor.Name,
        Fingerprint = Extractor.Fingerprint,
        FormerFingerprints = (Extractor as IFormerFingerprints)?.FormerFingerprints ?? [],
        FeatureDimensions = Extractor.Dimensions,
        Reducer = Reducer.Name,
        Learner = Categories?.Name ?? CategoryChoice.None,
        Clusterer = Clusterer.Name,
        FitSampleRows = FitSampleRows,
        Stage = stage,
        Cosine = Ranking.Settings,
    };

    /// <summary>Returns how the caller's items are stored.</summary>
    public ItemJson<TItem> ItemJson<TItem>() => new(Json);

    public void DisposeExtractor()
    {
        if (OwnsExtractor)
            Extractor.Dispose();
    }
}
