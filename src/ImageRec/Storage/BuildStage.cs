namespace ImageRec;

/// <summary>Says how far a build is.</summary>
public enum BuildStage
{
    /// <summary>The list of items is read.</summary>
    Listing,

    /// <summary>The embeddings of the sample that the models are fitted on are computed.</summary>
    Sampling,

    /// <summary>Reduction, categories and clusters are fitted.</summary>
    Fitting,

    /// <summary>The rows of all other items are computed.</summary>
    Extracting,

    /// <summary>The rows are indexed for search.</summary>
    Indexing,

    /// <summary>The build is finished.</summary>
    Complete,
}
