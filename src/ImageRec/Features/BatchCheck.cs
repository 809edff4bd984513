namespace ImageRec.Features;

/// <summary>
/// Whether a network can run a batch, and gives a picture the same bits in it as alone. Some say that they take any number of pictures and were
/// exported for one; and matrix products may add in another order for one row than for several. Then pictures must be run one by one, or the rows of a
/// catalog would depend on who stood next to whom.
/// </summary>
internal static class BatchCheck
{
    /// <summary>Tries it on noise.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Pictures a run.</param>
    public static bool Passes(OnnxNetwork network, int batch)
    {
        if (batch == 1)
            return true;
        using var together = new OnnxWorker(network, batch);
        using var apart = new OnnxWorker(network, batch);
        var random = new Random(batch);
        for (var slot = 0; slot < batch; slot++)
        {
            foreach (ref var value in together.Input(slot))
                value = random.NextSingle();
        }
        try
        {
            together.RunWhole(batch);
        }
        catch (OnnxModelException)
        {
            return false;
        }
        for (var slot = 0; slot < batch; slot++)
        {
            together.Input(slot).CopyTo(apart.Input(0));
            apart.Run(1);
            if (!together.Output(slot).SequenceEqual(apart.Output(0)))
                return false;
        }
        return true;
    }
}
