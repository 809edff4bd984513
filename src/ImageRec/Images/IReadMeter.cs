namespace ImageRec.Images;

/// <summary>Receives how much memory the encoded bytes of one image take while they are read.</summary>
internal interface IReadMeter
{
    /// <summary>Called before memory is taken; may wait until there is room.</summary>
    /// <param name="total">Bytes of memory from then on, no fewer than before.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    ValueTask GrowAsync(long total, CancellationToken cancellationToken);

    /// <summary>Called after the last byte.</summary>
    /// <param name="total">Bytes of memory that are kept, no more than before.</param>
    void Settle(long total);
}
