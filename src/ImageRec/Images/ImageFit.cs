namespace ImageRec;

/// <summary>Says how an image of another shape is fitted to the input size of a network.</summary>
public enum ImageFit
{
    /// <summary>The whole image, stretched to the size; proportions change, nothing is cut off.</summary>
    Stretch,

    /// <summary>
    /// The largest centered part that has the shape of the input; the rest is cut off. Best for networks trained on undistorted images.
    /// </summary>
    CenterCrop,

    /// <summary>
    /// The whole image with its proportions, centered; the rest shows the background, white unless set, like that of most product
    /// photos.
    /// </summary>
    Pad,
}
