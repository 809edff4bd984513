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
    [JsonPropertyName("bytes")] public required long Bytes { get; init; }
    [JsonPropertyName("seconds")] public required double Seconds { get; init; }
    [JsonPropertyName("photos_per_second")] public required double PhotosPerSecond { get; init; }

    public static IndexSummary Of(RecommendationEngine<CatalogItem> engine)
    {
        var report = engine.Report!;
        return new()
        {
            File = engine.File!,
            Items = engine.Count,
            Computed = report.Computed,
            Reused = report.Reused,
            Removed = report.Removed,
            UnreadablePhotos = [.. report.Unreadable.Select(item => new Unreadable(item.Id, item.Reason))],
            Pipeline = engine.Describe(),
            CategoryAccuracy = engine.Categories is { Note: null } learned ? Math.Round(learned.HeldOutAccuracy, 6) : null,
            CalibrationError = engine.Categories is { Note: null } studied ? Math.Round(studied.CalibrationError, 6) : null,
            Bytes = new FileInfo(engine.File!).Length,
            Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            PhotosPerSecond = Math.Round(report.Computed / report.Elapsed.TotalSeconds, 1),
        };
    }

    public void Write(TextWriter to)
    {
        to.WriteLine($"{Units.Count(Items, "item", "items")} in {File} ({Units.Bytes(Bytes)})");
        to.WriteLine(Pipeline);
        to.WriteLine($"{Computed:N0} computed, {Reused:N0} unchanged, {Removed:N0} removed, {UnreadablePhotos.Count:N0} unreadable");
        foreach (var photo in UnreadablePhotos.Take(ListedUnreadable))
            to.WriteLine($"  {photo.Id}: {photo.Reason}");
        if (UnreadablePhotos.Count > ListedUnreadable)
            to.WriteLine($"  and {UnreadablePhotos.Count - ListedUnreadable:N0} more; --json lists them all");
        if (CategoryAccuracy is { } accuracy)
            to.WriteLine($"tells the category of {accuracy:0.0 %} of photos it has not learned from");
        to.WriteLine($"{Units.Time(TimeSpan.FromSeconds(Seconds))}, {PhotosPerSecond:0.#} photos/s");
    }

    internal sealed record Unreadable(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("reason")] string Reason);
}
