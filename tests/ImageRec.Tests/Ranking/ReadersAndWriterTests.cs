using ImageRec.Ranking;

namespace ImageRec.Tests.Ranking;

public sealed class ReadersAndWriterTests
{
    private readonly ReadersAndWriter _turns = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_NobodyWrites_AnyNumberAtOnce()
    {
        using var first = await Ended(_turns.ReadAsync(Token));
        using var second = await Ended(_turns.ReadAsync(Token));
    }

    [Fact]
    public async Task Write_SomebodyReads_WaitsForTheLast()
    {
        var first = await Ended(_turns.ReadAsync(Token));
        var second = await Ended(_turns.ReadAsync(Token));
        var writer = _turns.WriteAsync().AsTask();

        first.Dispose();
        Assert.False(writer.IsCompleted);
        second.Dispose();

        (await writer).Dispose();
    }

    [Fact]
    public async Task Write_ReaderDisposedTwice_WaitsForTheOther()
    {
        var first = await Ended(_turns.ReadAsync(Token));
        var second = await Ended(_turns.ReadAsync(Token));
        var writer = _turns.WriteAsync().AsTask();

        first.Dispose();
        first.Dispose();

        Assert.False(writer.IsCompleted);
        second.Dispose();
        (await writer).Dispose();
    }

    [Fact]
    public async Task Read_AWriterWaits_ComesAfterIt()
    {
        var reader = await Ended(_turns.ReadAsync(Token));
        var writer = _turns.WriteAsync().AsTask();
        var later = _turns.ReadAsync(Token).AsTask();

        Assert.False(later.IsCompleted);
        reader.Dispose();
        var writing = await writer;
        Assert.False(later.IsCompleted);
        writing.Dispose();

        (await later).Dispose();
    }

    [Fact]
    public async Task Read_AfterAWriterHasEnded_DoesNotWait()
    {
        (await Ended(_turns.WriteAsync())).Dispose();

        (await Ended(_turns.ReadAsync(Token))).Dispose();
    }

    [Fact]
    public async Task Write_SecondRound_WaitsForTheReadersOfThatRound()
    {
        for (var round = 0; round < 3; round++)
        {
            var reader = await Ended(_turns.ReadAsync(Token));
            var writer = _turns.WriteAsync().AsTask();
            Assert.False(writer.IsCompleted);
            reader.Dispose();
            (await writer).Dispose();
        }
    }

    [Fact]
    public async Task Read_CanceledWhileWaiting_LeavesNothingToWaitFor()
    {
        using var stop = new CancellationTokenSource();
        var writing = await Ended(_turns.WriteAsync());
        var reader = _turns.ReadAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader);
        writing.Dispose();
        (await Ended(_turns.WriteAsync())).Dispose();
    }

    /// <summary>A turn that nobody has to wait for.</summary>
    private static async Task<IDisposable> Ended(ValueTask<IDisposable> turn)
    {
        Assert.True(turn.IsCompleted);
        return await turn;
    }
}
