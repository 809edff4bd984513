namespace ImageRec.AspNetCore.Indexing;

/// <summary>When the indexer works without being asked: the next run, and the next look at photos that may still be copied.</summary>
internal sealed class IndexerSchedule
{
    private long? _run;
    private long? _copies;

    public bool IsRunDue => IsDue(_run);

    public bool AreCopiesDue => IsDue(_copies);

    /// <summary>Time until something is due.</summary>
    public TimeSpan Wait
    {
        get
        {
            var next = Math.Min(_run ?? long.MaxValue, _copies ?? long.MaxValue);
            return next == long.MaxValue
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(Math.Max(0, next - Environment.TickCount64));
        }
    }

    /// <param name="delay">Time until the next run; null for none.</param>
    public void RunAfter(TimeSpan? delay) => _run = After(delay);

    /// <param name="delay">Time until the next look; null for none.</param>
    public void CopiesAfter(TimeSpan? delay) => _copies = After(delay);

    private static long? After(TimeSpan? delay) =>
        delay is { } time ? Environment.TickCount64 + (long)Math.Ceiling(time.TotalMilliseconds) : null;

    private static bool IsDue(long? moment) => moment <= Environment.TickCount64;
}
