namespace ImageRec.Torture.Disk;

public sealed class DiskTests
{
    [Fact]
    public Task Disk_FullForbiddenOrGone_IsAnsweredInASentence() => ShortRun.PassesAsync(new DiskMachine(), 1);
}
