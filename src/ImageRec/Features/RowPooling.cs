namespace ImageRec;

/// <summary>Names how the output tensor of a network becomes an embedding.</summary>
public enum RowPooling
{
    /// <summary>Every number, in the tensor's order: channels x height x width dimensions.</summary>
    Flatten,

    /// <summary>The average of each channel over all positions: one dimension per channel.</summary>
    Average,

    /// <summary>The largest number of each channel over all positions: one dimension per channel.</summary>
    Maximum,

    /// <summary>
    /// The average of each channel over each quarter of the image, the middle row and column counted in both: four dimensions per channel.
    /// </summary>
    Quarters,
}
