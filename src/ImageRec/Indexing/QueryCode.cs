using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Encodes a query in signed bytes, scaled so that no sum of the kernel can overflow.</summary>
internal sealed unsafe class QueryCode
{
    private NativeBuffer<int> _pairs = new(0);

    /// <summary>The code for estimates: rows' bounds without allowance for the query's own rounding.</summary>
    public NibbleQuery Estimate { get; private set; }

    /// <summary>The code for bounds that always hold.</summary>
    public NibbleQuery Bound { get; private set; }

    /// <summary>Encodes the query for one segment.</summary>
    /// <param name="query">d values.</param>
    /// <param name="norm">Its length, rounded up.</param>
    /// <param name="segment">Whose weights apply.</param>
    public void Set(float* query, float norm, Segment segment)
    {
        var groups = segment.Groups;
        if (_pairs.Length < 2 * groups)
            _pairs = new NativeBuffer<int>(2 * groups);
        var largest = 0f;
        for (var j = 0; j < segment.Dimensions; j++)
            largest = Math.Max(largest, Math.Abs(query[j] * segment.Weights[j]));
        var step = Math.Max(largest / sbyte.MaxValue, 1e-30f);
        int sum;
        double error;
        while (!TryCode(query, segment, step, out sum, out error))
            step *= 1.25f;
        var intercept = -7.5f * sum * step;
        Estimate = new NibbleQuery(_pairs.Pointer, groups, step, intercept, 0);
        // What rounding the query loses, at most: |rounding| times the longest code.
        Bound = Estimate.With(intercept + segment.LongestCode * (float)(Math.Sqrt(error) * 1.0001), norm);
    }

    private bool TryCode(float* query, Segment segment, float step, out int sum, out double error)
    {
        var bytes = (sbyte*)_pairs.Pointer;
        var inverse = 1 / step;
        (sum, error) = (0, 0);
        var groups = segment.Groups;
        int low = 0, high = 0;
        for (var group = 0; group < groups; group++)
        {
            if (group % NibbleKernel.GroupsPerSum == 0)
                (low, high) = (0, 0);
            for (var k = 0; k < 4; k++)
            {
                var j = 4 * group + k;
                var value = j < segment.Dimensions ? query[j] * segment.Weights[j] : 0;
                var level = (int)MathF.Round(value * inverse);
                var left = value - level * step;
                error += (double)left * left;
                sum += level;
                if (k < 2)
                    low += Math.Abs(level);
                else
                    high += Math.Abs(level);
                var at = bytes + 8 * group + 4 * (k / 2) + k % 2;
                at[0] = at[2] = (sbyte)level;
            }
            if (low > NibbleKernel.LargestSum || high > NibbleKernel.LargestSum)
                return false;
        }
        return true;
    }
}
