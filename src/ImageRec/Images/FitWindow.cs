namespace ImageRec.Images;

/// <summary>Says which part of an image goes to which part of the target.</summary>
/// <param name="X">Left edge of the part, in pixels of the image; may lie between pixels.</param>
/// <param name="Y">Top edge of the part.</param>
/// <param name="SourceWidth">Width of the part, more than 0.</param>
/// <param name="SourceHeight">Height of the part, more than 0.</param>
/// <param name="Width">Columns of the target that are filled.</param>
/// <param name="Height">Rows of the target that are filled.</param>
internal readonly record struct FitWindow(double X, double Y, double SourceWidth, double SourceHeight, int Width, int Height)
{
    /// <summary>Plans a fit. Width and height are 1 or more on both sides.</summary>
    public static FitWindow Plan(int width, int height, int targetWidth, int targetHeight, ImageFit fit)
    {
        var (scaleX, scaleY) = ((double)targetWidth / width, (double)targetHeight / height);
        switch (fit)
        {
            case ImageFit.CenterCrop:
                var cover = Math.Max(scaleX, scaleY);
                var (cropWidth, cropHeight) = (targetWidth / cover, targetHeight / cover);
                return new((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight, targetWidth, targetHeight);
            case ImageFit.Pad:
                var contain = Math.Min(scaleX, scaleY);
                return new(0, 0, width, height, Rounded(width * contain, targetWidth), Rounded(height * contain, targetHeight));
            default:
                return new(0, 0, width, height, targetWidth, targetHeight);
        }
    }

    private static int Rounded(double size, int most) => Math.Clamp((int)Math.Round(size), 1, most);
}
