namespace ImageRec;

/// <summary>A limit on how many answers may share one value of a property.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
/// <param name="Count">Answers allowed a value, 1 or more.</param>
/// <param name="Property">
/// Gives the value; null is a value like any other. For one item it is always the same: how many items have each value is counted once and kept by this very
/// function, so hand over the same object where you can. A property that changes is changed by an upsert.
/// </param>
public sealed record AtMostPer<TItem>(int Count, Func<TItem, object?> Property);
