using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

/// <summary>Compares every row: what exact search must equal in keys, order and scores, bit for bit.</summary>
internal static unsafe class FloatScan
{
    public static Neighbor[] Search(
        IEnumerable<KeyValuePair<int, float[]>> rows, ReadOnlySpan<float> query, int count, RowFilter? filter = null, float minScore = -1)
    {
        // The engine pads rows with zeros, which decides in what order a sum is taken.
        var stride = (query.Length + 15) / 16 * 16;
        var all = new List<Neighbor>();
        float[] paddedQuery = new float[stride], padded = new float[stride];
        query.CopyTo(paddedQuery);
        fixed (float* a = paddedQuery, b = padded)
        {
            foreach (var (key, row) in rows)
            {
                row.CopyTo(padded, 0);
                var score = Math.Clamp(DotKernel.Dot(a, b, stride), -1, 1);
                if (score >= minScore && (filter == null || filter(key)))
                    all.Add(new Neighbor(key, score));
            }
        }
        return [.. all.OrderByDescending(row => row.Score).ThenBy(row => row.Key).Take(count)];
    }

    public static Neighbor[] Search(
        FeatureMatrix rows, ReadOnlySpan<float> query, int count, RowFilter? filter = null, float minScore = -1) =>
        Search(Enumerable.Range(0, rows.Rows).Select(row => KeyValuePair.Create(row, rows[row].ToArray())), query, count, filter, minScore);
}
