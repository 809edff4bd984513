using ImageRec.Vectors;

namespace ImageRec.Tests.Clustering;

/// <summary>k-means as in the textbook, in double precision: k-means++ start, then Lloyd's rounds until nothing moves.</summary>
internal static class PlainKMeans
{
    public static double Inertia(FeatureMatrix rows, int clusters, int seed)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, rows.Rows).Select(i => rows[i].ToArray().Select(value => (double)value).ToArray()).ToArray();
        var centroids = new List<double[]> { points[random.Next(points.Length)] };
        while (centroids.Count < clusters)
        {
            var weights = points.Select(point => centroids.Min(centroid => Squared(point, centroid))).ToArray();
            var left = random.NextDouble() * weights.Sum();
            centroids.Add(points[Math.Min(points.Length - 1, weights.TakeWhile(weight => (left -= weight) > 0).Count())]);
        }
        var inertia = double.MaxValue;
        for (var round = 0; round < 100; round++)
        {
            var groups = points.GroupBy(point => Enumerable.Range(0, clusters).MinBy(c => Squared(point, centroids[c]))).ToArray();
            var now = groups.Sum(group => group.Sum(point => Squared(point, centroids[group.Key]))) / points.Length;
            if (now >= inertia - 1e-12)
                break;
            inertia = now;
            foreach (var group in groups)
                centroids[group.Key] = [.. Enumerable.Range(0, rows.Columns).Select(j => group.Average(point => point[j]))];
        }
        return inertia;
    }

    private static double Squared(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
