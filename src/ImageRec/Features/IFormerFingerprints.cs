namespace ImageRec.Features;

/// <summary>Marks an extractor whose embeddings earlier versions stored under other fingerprints as well.</summary>
internal interface IFormerFingerprints
{
    /// <summary>
    /// What earlier versions wrote in processes whose culture has another decimal or minus sign; files with one of them hold rows of this
    /// extractor.
    /// </summary>
    IReadOnlyList<string> FormerFingerprints { get; }
}
