namespace ImageRec.AspNetCore;

/// <summary>A product that came through the endpoint, on its way into the catalogue.</summary>
/// <typeparam name="TItem">The app's own product type.</typeparam>
/// <param name="Id">Its id, as in the address and as <see cref="ImageRecOptions{TItem}.Id"/> gives it.</param>
/// <param name="Item">The product.</param>
/// <param name="Picture">The encoded picture, checked to be one; valid until the call returns.</param>
public sealed record ProductUpload<TItem>(string Id, TItem Item, ReadOnlyMemory<byte> Picture);
