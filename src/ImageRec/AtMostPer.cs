namespace ImageRec;

/// <summary>A limit on how many answers may share one value of a property.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
/// <param name="Count">Answers allowed a value, 1 or more.</param>
/// <param name="Property">Gives the value; null is a value like any other.</param>
public sealed record AtMostPer<TItem>(int Count, Func<TItem, object?> Property);
