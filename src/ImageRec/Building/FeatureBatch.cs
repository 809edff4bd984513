using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>A batch of pictures after reading and extracting.</summary>
/// <param name="Computed">n pictures with features.</param>
/// <param name="Features">n x d, valid until the next batch is asked for.</param>
/// <param name="Known">How many pictures needed no computing.</param>
/// <param name="Unreadable">Pictures that are left out: they could not be read, or their features are not finite.</param>
internal sealed record FeatureBatch<TItem>(
    IReadOnlyList<Picture<TItem>> Computed, FeatureMatrix Features, int Known, IReadOnlyList<Picture<TItem>> Unreadable);
