namespace ImageRec.Torture.Processes;

public sealed class ProcessesTests
{
    [Fact]
    public Task Readers_BesideAWriter_AnswerAndFollow() => ShortRun.PassesAsync(new ProcessesMachine(), 30);
}
