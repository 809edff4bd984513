namespace ImageRec.Tests.Features;

/// <summary>One layer; it sees what the layer before it computed.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">Name of what it computes.</param>
/// <param name="Units">Channels of a convolution, units of a connected layer.</param>
/// <param name="Kernel">Side of the window.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Padding">Rows and columns of zeros around the input.</param>
/// <param name="Groups">Parts that the channels are divided in; each sees its own part of the input.</param>
internal sealed record NetworkLayer(
    LayerKind Kind, string Name, int Units = 0, int Kernel = 1, int Stride = 1, int Padding = 0, int Groups = 1)
{
    public bool HasWeights => Kind is LayerKind.Convolution or LayerKind.Connected or LayerKind.Scores;
}
