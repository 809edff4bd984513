namespace ImageRec.AspNetCore;

/// <summary>A property of the products that answers show and requests can filter by.</summary>
/// <typeparam name="TItem">The app's own product type.</typeparam>
/// <param name="Name">Name in answers and requests.</param>
/// <param name="Value">Gives a text, a number, a truth value or null.</param>
public sealed record ProductField<TItem>(string Name, Func<TItem, object?> Value);
