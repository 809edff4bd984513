namespace ImageRec.Tests.Vectors;

/// <summary>Lengths a kernel is tried on.</summary>
internal static class Lengths
{
    /// <summary>1 to 256, and 1,000 random ones.</summary>
    public static IEnumerable<int> All(int longest = 2000)
    {
        var random = new Random(1);
        return Enumerable.Range(1, 256).Concat(Enumerable.Range(0, 1000).Select(_ => random.Next(1, longest + 1)));
    }

    public static float[] Numbers(Random random, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = (float)(2 * random.NextDouble() - 1);
        return numbers;
    }
}
