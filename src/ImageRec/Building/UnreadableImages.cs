namespace ImageRec;

/// <summary>Says what a build does about an image that cannot be read.</summary>
public enum UnreadableImages
{
    /// <summary>The item is left out and listed in the report. The default.</summary>
    Skip,

    /// <summary>The build stops with an <see cref="UnreadableImageException"/>; what was done is kept.</summary>
    Throw,
}
