namespace ImageRec.Tests.Features;

/// <summary>What a layer of a published network does.</summary>
internal enum LayerKind
{
    /// <summary>A convolution, then the positive part.</summary>
    Convolution,

    /// <summary>Local response normalization over 5 channels: alpha 0.0001, beta 0.75, bias 1.</summary>
    Normalization,

    /// <summary>The maximum of each window.</summary>
    Pooling,

    /// <summary>A fully connected layer, then the positive part.</summary>
    Connected,

    /// <summary>A fully connected layer alone: the scores of the classes.</summary>
    Scores,

    /// <summary>Scores as probabilities.</summary>
    Softmax,
}
