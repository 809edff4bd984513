namespace ImageRec;

/// <summary>Limits how many answers may share one value of a property.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
/// <param name="count">Answers allowed per value, 1 or more.</param>
/// <param name="property">
/// Returns the value; null is a value like any other. For one item it is always the same: how many items have each value is counted once
/// and kept by this very function, so pass the same object where you can. A property that changes is changed by an upsert.
/// </param>
public sealed class AtMostPer<TItem>(int count, Func<TItem, object?> property)
{
    /// <summary>Gets the number of answers allowed per value.</summary>
    public int Count => count;

    /// <summary>Gets the function that returns the value.</summary>
    public Func<TItem, object?> Property => property;
}
