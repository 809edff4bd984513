using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>
/// Finds the rows that show one thing, such as several photos of one product: cross-validation that takes them apart measures how well a
/// classifier recognizes photos, not how well it classifies photos of products it has never seen.
/// </summary>
/// <remarks>
/// How near is too near is measured on the rows themselves. Among rows that have nothing to do with one another, the number within a
/// distance r of a row grows like r^m, m being the intrinsic dimension (Levina and Bickel, "Maximum likelihood estimation of intrinsic
/// dimension", NIPS 2004). A pair belongs together when it is nearer than one in two rows would be expected to have any neighbor. Groups
/// form around the rows with most such neighbors and hold only these, so that no chain of small steps joins different things.
/// </remarks>
internal static class PhotoGroups
{
    // The neighborhood by which a distance is judged: wider than the photos of one product are many.
    private const int Neighborhood = 32;
    private const int LeastRows = 20;
    private const double Expected = 0.5;
    private const float LeastSquare = 1e-7f;

    /// <summary>Groups rows by their names and, where they have none, by their similarity.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="named">
    /// n names of what a row shows, null or empty where it is not known; null when none is. Rows of one name are one group, however
    /// similar; rows without one are grouped by their similarity.
    /// </param>
    /// <param name="cancellationToken">Checked between blocks of rows.</param>
    /// <returns>n group numbers, each the number of one of its rows.</returns>
    public static int[] Of(FeatureMatrix unitRows, IReadOnlyList<string?>? named, CancellationToken cancellationToken)
    {
        var groups = EqualOrNamed(unitRows, named);
        int[] distinct =
            [.. Enumerable.Range(0, groups.Length).Where(row => groups[row] == row && string.IsNullOrEmpty(named?[row]))];
        if (distinct.Length < LeastRows)
            return groups;
        var near = Near(distinct.Length == unitRows.Rows ? unitRows : unitRows.Select(distinct), cancellationToken);
        var leader = Enumerable.Range(0, groups.Length).ToArray();
        for (var i = 0; i < distinct.Length; i++)
            leader[distinct[i]] = distinct[near[i]];
        return Array.ConvertAll(groups, row => leader[row]);
    }

    /// <summary>Joins rows with the very same values and rows of one name: only what is certain.</summary>
    public static int[] EqualOrNamed(FeatureMatrix rows, IReadOnlyList<string?>? named)
    {
        var parent = Enumerable.Range(0, rows.Rows).ToArray();
        int Root(int row)
        {
            while (parent[row] != row)
                row = parent[row] = parent[parent[row]];
            return row;
        }
        void Join(int a, int b) => parent[Math.Max(Root(a), Root(b))] = Math.Min(Root(a), Root(b));
        var pictures = new Dictionary<UInt128, int>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Rows; i++)
        {
            var picture = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(rows[i]));
            if (!pictures.TryAdd(picture, i))
                Join(pictures[picture], i);
            if (named?[i] is { Length: > 0 } name && !names.TryAdd(name, i))
                Join(names[name], i);
        }
        return [.. Enumerable.Range(0, rows.Rows).Select(Root)];
    }

    private static int[] Near(FeatureMatrix rows, CancellationToken cancellationToken)
    {
        var wide = Math.Min(Neighborhood, (rows.Rows - 1) / 2);
        var nearest = NearestRows.Of(rows, wide, cancellationToken);
        var dimension = Dimension(nearest, rows.Rows);
        var neighbors = new Dictionary<int, float>[rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
            neighbors[i] = [];
        var most = Math.Pow(Expected / wide, 1 / dimension);
        for (var i = 0; i < rows.Rows; i++)
        {
            var numbers = nearest.RowsOf(i);
            var cosines = nearest.CosinesOf(i);
            for (var k = 0; k < wide; k++)
            {
                // By the denser neighborhood of the two: beside a dense one, a sparse one's radius is too large.
                var radius = most * Math.Min(Distance(cosines[^1]), Distance(nearest.CosinesOf(numbers[k])[^1]));
                if (Distance(cosines[k]) <= radius)
                    neighbors[i][numbers[k]] = neighbors[numbers[k]][i] = cosines[k];
            }
        }
        return Led(neighbors);
    }

    /// <summary>
    /// Makes leaders of the rows with most neighbors that no leader has yet; each other row then belongs to the nearest leader of its
    /// neighborhood.
    /// </summary>
    private static int[] Led(Dictionary<int, float>[] neighbors)
    {
        var isLed = new bool[neighbors.Length];
        var isLeader = new bool[neighbors.Length];
        foreach (var row in Enumerable.Range(0, neighbors.Length).OrderByDescending(i => neighbors[i].Count))
        {
            if (isLed[row])
                continue;
            isLeader[row] = true;
            foreach (var other in neighbors[row].Keys)
                isLed[other] = true;
        }
        return [.. Enumerable.Range(0, neighbors.Length).Select(row => isLeader[row] ? row : NearestLeader(neighbors[row], isLeader))];
    }

    private static int NearestLeader(Dictionary<int, float> neighbors, bool[] isLeader) => neighbors
        .Where(other => isLeader[other.Key])
        .OrderByDescending(other => other.Value)
        .ThenBy(other => other.Key)
        .First().Key;

    /// <summary>
    /// Estimates the intrinsic dimension: the median over the rows of what twice as many neighbors say of how volume grows with distance.
    /// </summary>
    private static double Dimension(NearestRows nearest, int rows)
    {
        var half = Math.Max(1, nearest.Count / 2);
        var estimates = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var growth = Distance(nearest.CosinesOf(i)[^1]) / Distance(nearest.CosinesOf(i)[half - 1]);
            estimates[i] = growth > 1 ? Math.Log((double)nearest.Count / half) / Math.Log(growth) : double.PositiveInfinity;
        }
        Array.Sort(estimates);
        // Beyond some hundred everything is equally far, and rounding decides.
        return Math.Clamp(estimates[rows / 2], 1, 100);
    }

    private static double Distance(float cosine) => Math.Sqrt(Math.Max(LeastSquare, 2 - (2 * cosine)));
}
