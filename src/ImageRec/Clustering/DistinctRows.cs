using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Tells repeated rows from different ones.</summary>
internal static class DistinctRows
{
    /// <summary>Finds the first of each set of equal rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="enough">How many are enough: the search ends there.</param>
    /// <returns>Row numbers, ascending.</returns>
    /// <exception cref="ArgumentException">A value is not finite; the message names the row.</exception>
    public static int[] Find(FeatureMatrix rows, int enough)
    {
        var firsts = new List<int>();
        var seen = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            if (!TensorPrimitives.IsFiniteAll<float>(row))
                throw new ArgumentException($"Row {i} has a value that is not finite.", nameof(rows));
            if (firsts.Count < enough && IsFirst(rows, i, seen))
                firsts.Add(i);
        }
        return [.. firsts];
    }

    private static bool IsFirst(FeatureMatrix rows, int row, Dictionary<ulong, List<int>> seen)
    {
        ref var sameHash = ref CollectionsMarshal.GetValueRefOrAddDefault(
            seen, XxHash3.HashToUInt64(MemoryMarshal.AsBytes(rows[row])), out _);
        sameHash ??= [];
        foreach (var earlier in sameHash)
        {
            if (rows[earlier].SequenceEqual(rows[row]))
                return false;
        }
        sameHash.Add(row);
        return true;
    }
}
