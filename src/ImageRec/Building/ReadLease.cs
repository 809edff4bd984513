using ImageRec.Images;

namespace ImageRec.Building;

/// <summary>Accounts for the memory that one image's bytes take from a <see cref="ReadBudget"/>.</summary>
/// <param name="budget">What it is taken from.</param>
/// <param name="position">Position of the image in its list.</param>
internal sealed class ReadLease(ReadBudget budget, int position) : IReadMeter
{
    private bool _metered;

    /// <summary>Gets the position of the image in its list.</summary>
    public int Position => position;

    /// <summary>Gets or sets the bytes taken; changed by the budget alone.</summary>
    public long Held { get; set; }

    /// <summary>Waits until the image may be begun, as if it were of the usual size.</summary>
    public ValueTask BeginAsync(CancellationToken cancellationToken) => budget.GrowAsync(this, budget.UsualSize, cancellationToken);

    public ValueTask GrowAsync(long total, CancellationToken cancellationToken)
    {
        _metered = true;
        return budget.GrowAsync(this, total, cancellationToken);
    }

    public void Settle(long total) => budget.Settle(this, total);

    /// <summary>Ends the reading: bytes that were in memory before, or failed to come, take nothing.</summary>
    public void End(bool failed)
    {
        if (failed || !_metered)
            budget.Shrink(this, 0);
    }

    /// <summary>Returns the memory.</summary>
    public void Release() => budget.Shrink(this, 0);
}
