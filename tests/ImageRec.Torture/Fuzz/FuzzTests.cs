namespace ImageRec.Torture.Fuzz;

public sealed class FuzzTests
{
    [Fact]
    public Task Pictures_Mutated_AreDecodedOrRefused() => ShortRun.PassesAsync(new FuzzMachine("fuzz-pictures"), 20_000);

    [Fact]
    public Task Files_Damaged_AreRefusedOrAnswerAsBefore() => ShortRun.PassesAsync(new FuzzMachine("fuzz-files"), 400);

    [Fact]
    public void Pictures_Seeds_AreAllReadable() => Assert.Empty(new Pictures.PictureTarget().UnreadableSeeds());
}
