namespace ImageRec.Images;

/// <summary>A part of an image in whole pixels.</summary>
/// <param name="X">Left edge, 0 or more.</param>
/// <param name="Y">Top edge, 0 or more.</param>
/// <param name="Width">Columns, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
internal readonly record struct PixelArea(int X, int Y, int Width, int Height);
