using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Holds a batch of images after reading and extracting.</summary>
/// <param name="Computed">n images with embeddings.</param>
/// <param name="Features">n x d, valid until the enumeration moves on.</param>
/// <param name="Known">How many images needed no computing.</param>
/// <param name="Unreadable">Images that are left out: they could not be read, or their embeddings are not finite.</param>
internal sealed record FeatureBatch<TItem>(
    IReadOnlyList<PendingImage<TItem>> Computed, FeatureMatrix Features, int Known, IReadOnlyList<PendingImage<TItem>> Unreadable);
