using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Seeded rows that lie as features do: clusters of unequal size, few directions within each, a falling spectrum.</summary>
internal static class SyntheticRows
{
    private const int Dimensions = 128;
    private const int Clusters = 2000;
    private const int Directions = 24;
    private const int Bases = 64;
    private const int RowsAPart = 4096;
    private const float Noise = 0.5f;

    /// <summary>The same sizes give the same rows.</summary>
    public static VectorSet Create(int rows, int queries)
    {
        var middles = Gaussian(Clusters, seed: 1, size: 1);
        var bases = Gaussian(Bases * Directions, seed: 2, size: 1 / MathF.Sqrt(Directions));
        return new VectorSet($"synthetic, {Clusters} clusters", Draw(rows, 3, middles, bases), Draw(queries, 4_000_003, middles, bases));
    }

    private static FeatureMatrix Draw(int rows, int seed, FeatureMatrix middles, FeatureMatrix bases)
    {
        var matrix = new FeatureMatrix(rows, Dimensions);
        Parallel.For(0, (rows + RowsAPart - 1) / RowsAPart, part =>
        {
            var random = new Random(seed + part);
            for (var row = part * RowsAPart; row < Math.Min(rows, (part + 1) * RowsAPart); row++)
                DrawRow(matrix[row], random, middles, bases);
        });
        return matrix;
    }

    private static void DrawRow(Span<float> row, Random random, FeatureMatrix middles, FeatureMatrix bases)
    {
        // Squaring makes some clusters far larger than others.
        var cluster = (int)(Clusters * Math.Pow(random.NextDouble(), 2));
        middles[cluster].CopyTo(row);
        var first = cluster % Bases * Directions;
        for (var k = 0; k < Directions; k++)
        {
            var along = Gaussian(random);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(bases[first + k], along, row, row);
        }
        for (var j = 0; j < Dimensions; j++)
            row[j] += Noise * Spectrum(j) * Gaussian(random);
        UnitRows.Normalize(row);
    }

    private static FeatureMatrix Gaussian(int rows, int seed, float size)
    {
        var random = new Random(seed);
        var matrix = new FeatureMatrix(rows, Dimensions);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < Dimensions; j++)
                matrix[i][j] = size * Spectrum(j) * Gaussian(random);
        }
        return matrix;
    }

    private static float Spectrum(int dimension) => MathF.Pow(1 + dimension, -0.35f);

    private static float Gaussian(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
