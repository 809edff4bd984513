namespace ImageRec.Torture;

/// <summary>An engine that follows a writer in another process.</summary>
internal sealed class FollowingReader(RecommendationEngine<Thing> engine, TimeSpan interval) : IAsyncDisposable
{
#if !ONE_WRITER
    private readonly System.Diagnostics.Stopwatch _since = System.Diagnostics.Stopwatch.StartNew();
#endif

    public RecommendationEngine<Thing> Engine { get; private set; } = engine;

    /// <summary>Called between questions; an engine that follows by itself needs nothing.</summary>
    public async Task FollowAsync()
    {
#if ONE_WRITER
        _ = interval;
        await Task.CompletedTask;
#else
        if (_since.Elapsed < interval)
            return;
        _since.Restart();
        Engine = await Library.RefreshAsync(Engine, CancellationToken.None);
#endif
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
