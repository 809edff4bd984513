using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Grows a set of orthonormal directions, by Gram-Schmidt done twice (Golub and Van Loan, Matrix Computations, 5.2.9).</summary>
/// <param name="capacity">Most directions there can be.</param>
/// <param name="dimensions">Dimensions of a direction.</param>
internal sealed class OrthonormalBasis(int capacity, int dimensions)
{
    private readonly FeatureMatrix _directions = new(capacity, dimensions);

    public int Capacity => _directions.Rows;

    public int Count { get; private set; }

    public bool IsFull => Count == _directions.Rows;

    /// <summary>Adds the part of a vector that is orthogonal to the basis.</summary>
    /// <param name="vector">Overwritten.</param>
    /// <param name="negligible">The vector is not added when less than this share of its length is left over.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(Span<float> vector, float negligible = 1e-4f)
    {
        var largest = TensorPrimitives.MaxMagnitude<float>(vector);
        if (IsFull || largest == 0 || !float.IsFinite(largest))
            return false;
        UnitRows.Normalize(vector);
        RemoveKnown(vector);
        if (TensorPrimitives.Norm<float>(vector) < negligible)
            return false;
        UnitRows.Normalize(vector);
        RemoveKnown(vector);
        UnitRows.Normalize(vector);
        vector.CopyTo(_directions[Count++]);
        return true;
    }

    /// <summary>Fills the basis with random directions.</summary>
    public void Complete(Random random)
    {
        var vector = new float[dimensions];
        while (!IsFull)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] = Gaussian(random);
            TryAdd(vector);
        }
    }

    /// <summary>Returns the directions found: Count x dimensions.</summary>
    public FeatureMatrix ToMatrix() => IsFull ? _directions : _directions.Select([.. Enumerable.Range(0, Count)]);

    private void RemoveKnown(Span<float> vector)
    {
        for (var i = 0; i < Count; i++)
        {
            var direction = _directions[i];
            TensorPrimitives.MultiplyAdd(direction, -TensorPrimitives.Dot<float>(direction, vector), vector, vector);
        }
    }

    /// <summary>Draws a standard normal number, by Box and Muller (1958).</summary>
    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
