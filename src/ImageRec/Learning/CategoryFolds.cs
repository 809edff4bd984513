using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Splits rows for cross-validation: every category in equal shares, equal rows never on both sides.</summary>
internal static class CategoryFolds
{
    /// <param name="rows">n x d.</param>
    /// <param name="labels">n category numbers.</param>
    /// <param name="folds">Number of folds, 2 or more.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <returns>n fold numbers, 0 to <paramref name="folds"/> - 1.</returns>
    public static int[] Assign(FeatureMatrix rows, ReadOnlySpan<int> labels, int folds, int seed)
    {
        var order = Enumerable.Range(0, rows.Rows).ToArray();
        new Random(seed).Shuffle(order);
        // Categories one after another, so that counting off goes on from where the last category ended: the folds end up of one size.
        var keys = labels.ToArray();
        order = [.. order.OrderBy(i => keys[i])];
        var assigned = new int[rows.Rows];
        var ofPicture = new Dictionary<ulong, int>();
        var next = 0;
        foreach (var i in order)
        {
            var picture = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(rows[i]));
            if (!ofPicture.TryGetValue(picture, out var fold))
                ofPicture.Add(picture, fold = next++ % folds);
            assigned[i] = fold;
        }
        return assigned;
    }
}
