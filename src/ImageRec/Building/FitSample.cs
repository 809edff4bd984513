namespace ImageRec.Building;

/// <summary>Chooses which items the models are fitted on.</summary>
internal static class FitSample
{
    /// <summary>The bytes that the embeddings of the sample take at most, so that wide networks on huge catalogs stay bounded.</summary>
    public const long MaxBytes = 128L * 1024 * 1024;

    /// <summary>Embeddings handled at a time where not all of them are needed at once.</summary>
    public const int BlockRows = 512;

    /// <summary>Returns how many items the sample holds at most.</summary>
    /// <param name="maxRows">Set by the caller.</param>
    /// <param name="dimensions">Dimensions per embedding.</param>
    public static int Size(int maxRows, int dimensions) =>
        (int)Math.Min(maxRows, Math.Max(1000, MaxBytes / (sizeof(float) * (long)dimensions)));

    /// <summary>Draws a uniform sample without replacement and returns its positions, ascending.</summary>
    public static int[] Choose(int items, int size, int seed)
    {
        if (items <= size)
            return [.. Enumerable.Range(0, items)];
        var random = new Random(seed);
        // Floyd's algorithm (Bentley and Floyd, CACM 1987): one draw per chosen element.
        var chosen = new HashSet<int>(size);
        for (var i = items - size; i < items; i++)
        {
            var candidate = random.Next(i + 1);
            if (!chosen.Add(candidate))
                chosen.Add(i);
        }
        var positions = chosen.ToArray();
        Array.Sort(positions);
        return positions;
    }
}
