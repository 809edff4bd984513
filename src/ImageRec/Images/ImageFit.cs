namespace ImageRec;

/// <summary>How a picture of another shape meets the input size of a network.</summary>
public enum ImageFit
{
    /// <summary>The whole picture, squeezed to the size; proportions change. Nothing is lost, and what most networks for products were measured with here.</summary>
    Stretch,

    /// <summary>The largest centred part that has the shape of the input; what lies beyond is cut off.</summary>
    CenterCrop,

    /// <summary>The whole picture with its proportions, centred; the rest is white, like the background of most product photos.</summary>
    Pad,
}
