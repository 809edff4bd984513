using System.Text.Json.Serialization;

namespace ImageRec.Tool.Output;

/// <summary>What <c>imagerec index</c> has done.</summary>
internal sealed record IndexSummary
{
    private const int ListedUnreadable = 5;

    [JsonPropertyName("file")] public required string File { get; init; }
    [JsonPropertyName("items")] public required int Items { get; init; }
    [JsonPropertyName("computed")] public required int Computed { get; init; }
    [JsonPropertyName("reused")] public required int Reused { get; init; }
    [JsonPropertyName("removed")] public required int Removed { get; init; }
    [JsonPropertyName("unreadable")] public required IReadOnlyList<Unreadable> UnreadablePhotos { get; init; }
    [JsonPropertyName("pipeline")] public required string Pipeline { get; init; }
    [JsonPropertyName("category_accuracy")] public required double? CategoryAccuracy { get; init; }
    [JsonPropertyName("calibration_error")] public required double? CalibrationError { get; init; }
    [JsonPropertyName("category_note")] public required string? CategoryNote { get; init; }
    [JsonPropertyName("bytes")] public required long? Bytes { get; init; }
    [JsonPropertyName("seconds")] public required double Seconds { get; init; }
    [JsonPropertyName("photos_per_second")] public required double PhotosPerSecond { get; init; }

    public static IndexSummary Of(RecommendationEngine<CatalogItem> engine) => Of(
        engine.Report!, engine.Categories, engine.Describe(), engine.Count, engine.FilePath!, SizeOf(engine.FilePath!));

    /// <param name="engine">A shared catalog that was built.</param>
    /// <param name="address">Where it is, as it is shown.</param>
    public static IndexSummary Of(SharedRecommendationEngine<CatalogItem> engine, string address) => Of(
        engine.Report!, engine.Report!.Categories, engine.Describe(), engine.Report.Items, address, bytes: null);

    public void Write(TextWriter to)
    {
        to.WriteLine($"{Units.Count(Items, "item", "items")} in {File}{(Bytes is { } bytes ? $" ({Units.Bytes(bytes)})" : "")}");
        to.WriteLine(Pipeline);
        to.WriteLine($"{Computed:N0} computed, {Reused:N0} unchanged, {Removed:N0} removed, {UnreadablePhotos.Count:N0} unreadable");
        foreach (var photo in UnreadablePhotos.Take(ListedUnreadable))
            to.WriteLine($"  {photo.Id}: {photo.Reason}");
        if (UnreadablePhotos.Count > ListedUnreadable)
            to.WriteLine($"  and {UnreadablePhotos.Count - ListedUnreadable:N0} more; --json lists them all");
        if (CategoryAccuracy is { } accuracy)
            to.WriteLine(
                $"predicts the category of {100 * accuracy:0.0} % of photos correctly, measured on products that it has not learned from");
        if (CategoryNote is not null)
            to.WriteLine(CategoryNote);
        to.WriteLine($"{Units.Time(TimeSpan.FromSeconds(Seconds))}, {PhotosPerSecond:0.#} photos/s");
    }

    private static IndexSummary Of(
        BuildReport report, CategoryReport? categories, string pipeline, int items, string place, long? bytes)
    {
        var judged = categories is { Note: null, IsFlattered: false } learned ? learned : null;
        return new()
        {
            File = place,
            Items = items,
            Computed = report.Computed,
            Reused = report.Reused,
            Removed = report.Removed,
            UnreadablePhotos = [.. report.Unreadable.Select(item => new Unreadable(item.Id, CliWords.Of(item.Reason)))],
            Pipeline = pipeline,
            CategoryAccuracy = judged is null ? null : Math.Round(judged.HeldOutAccuracy, 6),
            CalibrationError = judged is null ? null : Math.Round(judged.CalibrationError, 6),
            CategoryNote = (categories?.Note ?? categories?.HeldOutNote) is { } note ? CliWords.Of(note) : null,
            Bytes = bytes,
            Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            PhotosPerSecond = Math.Round(report.Computed / report.Elapsed.TotalSeconds, 1),
        };
    }

    internal sealed record Unreadable(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("reason")] string Reason);

    /// <summary>What the file will take when it is closed: nearly all of it, with what is still beside it.</summary>
    private static long SizeOf(string file) =>
        new[] { file, file + "-wal" }.Where(System.IO.File.Exists).Max(path => new FileInfo(path).Length);
}
