namespace ImageRec.Vectors;

/// <summary>Holds a query as the scan of four-bit codes takes it.</summary>
/// <param name="pairs">groups x 2 ints of four signed bytes each: (q0, q1, q0, q1), (q2, q3, q2, q3).</param>
/// <param name="groups">Dimensions / 4, rounded up.</param>
/// <param name="slope">Turns a row's integer sum into a product, before the row's scale.</param>
/// <param name="intercept">Added to that product, before the row's scale.</param>
/// <param name="errorFactor">How much of a row's error is added to its estimate: the query's length for a bound that always holds.</param>
internal readonly unsafe struct NibbleQuery(int* pairs, int groups, float slope, float intercept, float errorFactor)
{
    public readonly int* Pairs = pairs;
    public readonly int Groups = groups;
    public readonly float Slope = slope;
    public readonly float Intercept = intercept;
    public readonly float ErrorFactor = errorFactor;

    public NibbleQuery With(float intercept, float errorFactor) => new(Pairs, Groups, Slope, intercept, errorFactor);
}
