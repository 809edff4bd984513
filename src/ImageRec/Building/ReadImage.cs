namespace ImageRec.Building;

/// <summary>Holds an image after reading.</summary>
/// <param name="Image">Hashed, or marked with its failure.</param>
/// <param name="Source">Its bytes; null when it cannot be read.</param>
/// <param name="Lease">The memory they take.</param>
internal readonly record struct ReadImage<TItem>(PendingImage<TItem> Image, ImageSource? Source, ReadLease Lease);
