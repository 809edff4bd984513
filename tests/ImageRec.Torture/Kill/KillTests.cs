namespace ImageRec.Torture.Kill;

public sealed class KillTests
{
    [Fact]
    public Task Kill_AtRandomMoments_LosesNothingAndHalvesNothing() => ShortRun.PassesAsync(new KillMachine(), 8);
}
