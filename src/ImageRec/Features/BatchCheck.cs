namespace ImageRec.Features;

/// <summary>
/// Checks whether a network can run a batch, and computes the same bits for an image in it as alone. Some say that they take any number of
/// images and were exported for one; and matrix products may add in another order for one row than for several. Then images must be run one
/// by one, or the rows of a catalog would depend on which images were in one batch.
/// </summary>
internal static class BatchCheck
{
    /// <summary>Tries a batch of noise.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Images per batch.</param>
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
