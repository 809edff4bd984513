namespace ImageRec.AspNetCore;

/// <summary>A product that arrived over HTTP and is about to be stored and indexed.</summary>
/// <typeparam name="TItem">The app's product type.</typeparam>
/// <param name="id">The id, as in the address and as <see cref="ImageRecOptions{TItem}.Id"/> returns it.</param>
/// <param name="item">The product.</param>
/// <param name="picture">The encoded picture.</param>
public sealed class ProductUpload<TItem>(string id, TItem item, ReadOnlyMemory<byte> picture)
{
    /// <summary>The id, as in the address and as <see cref="ImageRecOptions{TItem}.Id"/> returns it.</summary>
    public string Id => id;

    /// <summary>The product.</summary>
    public TItem Item => item;

    /// <summary>The encoded picture, which has been decoded once to check it; valid until the call returns.</summary>
    public ReadOnlyMemory<byte> Picture => picture;
}
