using Microsoft.Extensions.Logging;

namespace ImageRec.Building;

/// <summary>
/// Logs what builds and engines do, in the category <c>ImageRec</c>. An event id keeps its meaning; docs/catalog-files.md lists them.
/// </summary>
internal static partial class LogMessages
{
    /// <summary>The category of all messages.</summary>
    public const string Category = "ImageRec";

    // At most this many items are logged one by one.
    private const int MaxItems = 20;

    [LoggerMessage(1, LogLevel.Information,
        "Catalog {Catalog}: {Items} items in {Elapsed}; {Computed} computed, {Unchanged} unchanged, {Removed} removed, "
        + "{Unreadable} unreadable")]
    public static partial void Built(
        this ILogger log, string catalog, int items, TimeSpan elapsed, int computed, int unchanged, int removed, int unreadable);

    [LoggerMessage(2, LogLevel.Information, "Catalog {Catalog}: opened with {Items} items, {Pipeline}")]
    public static partial void Opened(this ILogger log, string catalog, int items, string pipeline);

    [LoggerMessage(3, LogLevel.Debug, "Catalog {Catalog}: {Computed} items computed, {Unchanged} unchanged, {Items} items now")]
    public static partial void Upserted(this ILogger log, string catalog, int computed, int unchanged, int items);

    [LoggerMessage(4, LogLevel.Debug, "Catalog {Catalog}: {Removed} items removed, {Items} items now")]
    public static partial void Removed(this ILogger log, string catalog, int removed, int items);

    [LoggerMessage(5, LogLevel.Debug, "Catalog {Catalog}: took over what another engine has changed, {Items} items now")]
    public static partial void Refreshed(this ILogger log, string catalog, int items);

    [LoggerMessage(6, LogLevel.Warning,
        "Catalog {Catalog}: what another engine changes cannot be taken over; answers stay as they are until it can")]
    public static partial void RefreshFailed(this ILogger log, string catalog, Exception error);

    [LoggerMessage(7, LogLevel.Warning, "Catalog {Catalog}: item {Id} is unreadable: {Reason}")]
    public static partial void Unreadable(this ILogger log, string catalog, string id, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Catalog {Catalog}: {Count} more items are unreadable; the report names them")]
    public static partial void MoreUnreadable(this ILogger log, string catalog, int count);

    [LoggerMessage(9, LogLevel.Information,
        "Catalog {Catalog}: the index in the file is of another version and is learned again: {Reason}")]
    public static partial void IndexLearnedAgain(this ILogger log, string catalog, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Catalog {Catalog}: disposing a part of the engine failed")]
    public static partial void DisposalFailed(this ILogger log, string catalog, Exception error);

    [LoggerMessage(11, LogLevel.Warning,
        "Catalog {Catalog}: there is no room to write the file anew without gaps; it stays larger than it need be")]
    public static partial void VacuumFailed(this ILogger log, string catalog, Exception error);

    /// <summary>Logs what a build did, and the items that it left out.</summary>
    public static void Built(this ILogger log, string catalog, BuildReport report)
    {
        log.Built(catalog, report.Items, report.Elapsed, report.Computed, report.Reused, report.Removed, report.Unreadable.Count);
        log.LeftOut(catalog, report);
    }

    /// <summary>Logs the items whose images cannot be read.</summary>
    public static void LeftOut(this ILogger log, string catalog, BuildReport report)
    {
        foreach (var item in report.Unreadable.Take(MaxItems))
            log.Unreadable(catalog, item.Id, item.Reason);
        if (report.Unreadable.Count > MaxItems)
            log.MoreUnreadable(catalog, report.Unreadable.Count - MaxItems);
    }
}
