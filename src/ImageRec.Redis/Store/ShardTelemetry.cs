using System.Diagnostics;
using System.Diagnostics.Metrics;
using ImageRec.Images;

namespace ImageRec.Redis.Store;

/// <summary>Measures commands per shard, in the meter <c>ImageRec</c>.</summary>
internal static class ShardTelemetry
{
    private static readonly Meter s_meter = new(PipelineTelemetry.Name);
    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("imagerec.shard.duration", "s", "Time of a command to a shard of a shared catalog.");
    private static readonly Counter<long> s_errors =
        s_meter.CreateCounter<long>("imagerec.shard.errors", "{command}", "Commands that a shard of a shared catalog did not answer.");
    private static readonly Counter<long> s_left =
        s_meter.CreateCounter<long>("imagerec.shard.left_out", "{query}", "Queries that were answered without a shard.");

    /// <param name="catalog">Name of the catalog.</param>
    /// <param name="shard">The shard's number; null for what belongs to no shard.</param>
    /// <param name="command">Name of the command.</param>
    /// <param name="start">When it was sent, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="error">What the client has thrown; null for nothing.</param>
    public static void Asked(string catalog, int? shard, string command, long start, Exception? error)
    {
        if (s_duration.Enabled)
            s_duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, Tags(catalog, shard, command));
        if (error is not null)
            s_errors.Add(1, Tags(catalog, shard, command));
    }

    public static void LeftOut(string catalog, int shard) =>
        s_left.Add(1, new("catalog", catalog), new KeyValuePair<string, object?>("shard", shard));

    private static TagList Tags(string catalog, int? shard, string command) =>
        new() { { "catalog", catalog }, { "shard", shard }, { "command", command } };
}
