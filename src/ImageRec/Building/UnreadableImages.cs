namespace ImageRec;

/// <summary>What a build does about a picture that cannot be read.</summary>
public enum UnreadableImages
{
    /// <summary>Leave the product out and list it in the report. The default.</summary>
    Skip,

    /// <summary>Stop with an <see cref="UnreadableImageException"/>; what was done is kept.</summary>
    Throw,
}
