namespace ImageRec;

/// <summary>How the output tensor of a network becomes a row.</summary>
public enum RowPooling
{
    /// <summary>Every number, in the tensor's order: channels x height x width numbers.</summary>
    Flatten,

    /// <summary>The average of each channel over all positions: one number a channel.</summary>
    Average,

    /// <summary>The largest number of each channel over all positions: one number a channel.</summary>
    Maximum,
}
