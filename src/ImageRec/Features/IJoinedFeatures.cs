namespace ImageRec.Features;

/// <summary>Marks an extractor whose embeddings are those of several networks side by side.</summary>
internal interface IJoinedFeatures
{
    /// <summary>Dimensions of each network's part; none when the embeddings are of one network after all.</summary>
    IReadOnlyList<int> PartDimensions { get; }

    /// <summary>How much each part counts in a row, as the factor of its unit row.</summary>
    IReadOnlyList<float> PartWeights { get; }
}
