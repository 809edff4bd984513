namespace ImageRec.Evaluation;

/// <summary>One way to divide a catalogue into items to learn from and items held out.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
/// <param name="Training">What to build from.</param>
/// <param name="Held">What to evaluate with.</param>
public sealed record CatalogFold<TItem>(ImageCatalog<TItem> Training, ImageCatalog<TItem> Held);
