namespace ImageRec;

/// <summary>How far a build has come.</summary>
public enum BuildStage
{
    /// <summary>Reading the list of products.</summary>
    Listing,

    /// <summary>Computing the features of the sample that the models are fitted on.</summary>
    Sampling,

    /// <summary>Fitting reduction, categories and clusters.</summary>
    Fitting,

    /// <summary>Computing the rows of all other products.</summary>
    Extracting,

    /// <summary>Making the rows searchable.</summary>
    Indexing,

    /// <summary>Finished.</summary>
    Complete,
}
