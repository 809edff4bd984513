namespace ImageRec.Evaluation;

/// <summary>Holds a catalog, or a list of positions, divided into a part to learn from and a part that is held out.</summary>
/// <typeparam name="T">A catalog, or a list of positions in ascending order.</typeparam>
public sealed class Fold<T>
{
    internal Fold(T training, T heldOut) => (Training, HeldOut) = (training, heldOut);

    /// <summary>Gets the part to build from.</summary>
    public T Training { get; }

    /// <summary>Gets the part to evaluate with.</summary>
    public T HeldOut { get; }
}
