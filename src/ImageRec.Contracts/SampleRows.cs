using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Makes rows to try components on.</summary>
public static class SampleRows
{
    /// <summary>Makes random rows around a few middles, as embeddings of images are: n x d.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">d.</param>
    /// <param name="seed">Same seed, same rows.</param>
    /// <param name="groups">Number of middles.</param>
    /// <param name="spread">Distance from the middles; the middles are about 1 from one another.</param>
    public static FeatureMatrix Grouped(int rows, int columns, int seed = 1, int groups = 5, float spread = 0.3f)
    {
        var random = new Random(seed);
        var middles = Random(groups, columns, seed + 1);
        var matrix = new FeatureMatrix(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                matrix[i][j] = middles[i % groups][j] + (spread * (float)((2 * random.NextDouble()) - 1));
        }
        return matrix;
    }

    /// <summary>Makes rows of values between -1 and 1: n x d.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">d.</param>
    /// <param name="seed">Same seed, same rows.</param>
    public static FeatureMatrix Random(int rows, int columns, int seed = 1)
    {
        var random = new Random(seed);
        var matrix = new FeatureMatrix(rows, columns);
        foreach (ref var value in matrix.Values.Span)
            value = (float)((2 * random.NextDouble()) - 1);
        return matrix;
    }

    /// <summary>Makes rows of length 1 around a few middles: n x d.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">d.</param>
    /// <param name="seed">Same seed, same rows.</param>
    public static FeatureMatrix Unit(int rows, int columns, int seed = 1)
    {
        var matrix = Grouped(rows, columns, seed);
        UnitRows.Normalize(matrix);
        return matrix;
    }
}
