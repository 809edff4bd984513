namespace ImageRec.Torture.Fuzz;

public sealed class FuzzTests
{
    [Fact]
    public Task Pictures_Mutated_AreDecodedOrRefused() => ShortRun.PassesAsync(new FuzzMachine("fuzz-pictures"), 20_000);

    [Fact]
    public Task Files_Damaged_AreRefusedOrAnswerAsBefore() => ShortRun.PassesAsync(new FuzzMachine("fuzz-files"), 400);

    [Fact]
    public Task Networks_Mutated_AreRefusedOrFindTheirOwnPictures() => ShortRun.PassesAsync(new FuzzMachine("fuzz-networks"), 150);

    [Fact]
    public Task Lists_Mutated_AreRefusedOrGiveEntries() => ShortRun.PassesAsync(new FuzzMachine("fuzz-lists"), 5_000);

    [Fact]
    public Task Uploads_Mutated_AreAnsweredOrRefused() => ShortRun.PassesAsync(new FuzzMachine("fuzz-uploads"), 2_000);

    [Fact]
    public void Pictures_Seeds_AreAllReadable() => Assert.Empty(new Pictures.PictureTarget().UnreadableSeeds());
}
