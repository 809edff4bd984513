namespace ImageRec;

/// <summary>How a picture of another shape meets the input size of a network.</summary>
public enum ImageFit
{
    /// <summary>The whole picture, squeezed to the size; proportions change, nothing is lost.</summary>
    Stretch,

    /// <summary>The largest centered part that has the shape of the input; what lies beyond is cut off. Best for networks that learned from undistorted pictures.</summary>
    CenterCrop,

    /// <summary>The whole picture with its proportions, centered; the rest shows the background, white unless set, like that of most product photos.</summary>
    Pad,
}
