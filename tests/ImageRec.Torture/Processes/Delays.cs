namespace ImageRec.Torture.Processes;

/// <summary>How long things took, in milliseconds; quantiles to within 2 %.</summary>
internal sealed class Delays
{
    private const double Least = 0.001;
    private const double Growth = 1.02;
    private readonly long[] _counts = new long[1200];

    public long Count { get; private set; }

    public double Worst { get; private set; }

    public void Add(double milliseconds)
    {
        var bucket = (int)(Math.Log(Math.Max(milliseconds, Least) / Least) / Math.Log(Growth));
        _counts[Math.Min(bucket, _counts.Length - 1)]++;
        Count++;
        Worst = Math.Max(Worst, milliseconds);
    }

    public double Quantile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        long passed = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            passed += _counts[i];
            if (passed >= wanted)
                return Math.Min(Worst, Least * Math.Pow(Growth, i + 1));
        }
        return Worst;
    }
}
