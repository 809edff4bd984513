namespace ImageRec.Torture.Soak;

public sealed class SoakTests
{
    [Fact]
    public Task Load_AtConstantSize_LeavesFilesAndHandlesAsTheyAre() => ShortRun.PassesAsync(new SoakMachine(), 100);
}
