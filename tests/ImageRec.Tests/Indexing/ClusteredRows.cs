using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

/// <summary>Unit rows as features of pictures lie: groups of unequal size, dimensions of falling variance.</summary>
internal static class ClusteredRows
{
    public static FeatureMatrix Create(int rows, int dimensions, int seed, int groups = 60)
    {
        var random = new Random(seed);
        var middleRandom = new Random(12345);
        var middles = new FeatureMatrix(groups, dimensions);
        Fill(middles, middleRandom, 1);
        var matrix = new FeatureMatrix(rows, dimensions);
        Fill(matrix, random, 0.5f);
        for (var i = 0; i < rows; i++)
        {
            // Squaring makes the first groups the largest.
            var middle = middles[(int)(groups * Math.Pow(random.NextDouble(), 2))];
            for (var j = 0; j < dimensions; j++)
                matrix[i][j] += middle[j];
        }
        UnitRows.Normalize(matrix);
        return matrix;
    }

    private static void Fill(FeatureMatrix matrix, Random random, float size)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
                matrix[i][j] = size * (float)(Gaussian(random) / Math.Sqrt(1 + j));
        }
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
