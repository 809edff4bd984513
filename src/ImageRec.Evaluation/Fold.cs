namespace ImageRec.Evaluation;

/// <summary>One way to divide items into those that are learned from and those that are held out.</summary>
/// <param name="Training">Positions of the items to learn from, ascending.</param>
/// <param name="Held">Positions of the items held out, ascending.</param>
public sealed record Fold(IReadOnlyList<int> Training, IReadOnlyList<int> Held);
