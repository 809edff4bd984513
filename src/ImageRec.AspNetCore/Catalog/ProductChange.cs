using ImageRec.Answering;

namespace ImageRec.AspNetCore.Catalog;

/// <summary>A product that was put or removed after its listing.</summary>
/// <param name="Item">What was put; nothing for a removal.</param>
/// <param name="Picture">Its picture, when the app has not stored it.</param>
/// <param name="IsRemoval">Whether the product was removed.</param>
/// <param name="IsStored">Whether a listing that begins later knows of it.</param>
/// <param name="Moment">When, on the shelf's own clock.</param>
internal sealed record ProductChange<TItem>(TItem? Item, ImageSource? Picture, bool IsRemoval, bool IsStored, long Moment);
