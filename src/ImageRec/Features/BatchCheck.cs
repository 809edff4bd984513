namespace ImageRec.Features;

/// <summary>
/// Whether a network gives a picture the same bits in a batch as alone. Matrix products may add in another order for one row than for several;
/// then pictures must be run one by one, or the rows of a catalogue would depend on who stood next to whom.
/// </summary>
internal static class BatchCheck
{
    /// <summary>Tries it on noise.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Pictures a run.</param>
    public static bool Passes(OnnxNetwork network, int batch)
    {
        if (batch == 1 || network.FixedBatch is not null)
            return true;
        using var together = new OnnxWorker(network, batch);
        using var apart = new OnnxWorker(network, batch);
        var random = new Random(batch);
        for (var slot = 0; slot < batch; slot++)
        {
            foreach (ref var value in together.Input(slot))
                value = random.NextSingle();
            together.Input(slot).CopyTo(apart.Input(slot));
        }
        together.Run(batch);
        apart.RunApart(batch);
        for (var slot = 0; slot < batch; slot++)
        {
            if (!together.Output(slot).SequenceEqual(apart.Output(slot)))
                return false;
        }
        return true;
    }
}
