using System.Numerics.Tensors;
using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Answering;

/// <summary>Takes a vector of the caller's as a query.</summary>
internal static class QueryVector
{
    /// <param name="vector">d values of any length.</param>
    /// <param name="dimensions">d of the catalog.</param>
    /// <returns>A copy of length 1.</returns>
    /// <exception cref="ArgumentException">It has other dimensions, is 0, or is not finite.</exception>
    public static float[] Of(ReadOnlyMemory<float> vector, int dimensions)
    {
        if (vector.Length != dimensions)
            throw new ArgumentException(
                Invariant($"The vector has {vector.Length} dimensions; the rows of this catalog have {dimensions}."), nameof(vector));
        var query = vector.ToArray();
        if (!TensorPrimitives.IsFiniteAll<float>(query) || !query.AsSpan().ContainsAnyExcept(0f))
            throw new ArgumentException("The vector is 0, or holds NaN or infinity; a direction is needed.", nameof(vector));
        UnitRows.Normalize(query);
        return query;
    }
}
