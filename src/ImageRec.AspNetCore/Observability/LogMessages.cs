using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Observability;

/// <summary>
/// Everything that is logged: each message names the catalog, and its event id stays what it is. docs/aspnetcore.md lists them. Ids 1 to 19
/// are of the category <c>ImageRec.AspNetCore.Indexer</c>, from 20 on of <c>ImageRec.AspNetCore.Requests</c>.
/// </summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Catalog {Catalog}: {Indexed} products of the last start are served")]
    public static partial void Opened(this ILogger log, string catalog, int indexed);

    [LoggerMessage(2, LogLevel.Information,
        "Catalog {Catalog}: indexing finished with {Indexed} products, {Unreadable} without a readable picture")]
    public static partial void Finished(this ILogger log, string catalog, int indexed, int unreadable);

    [LoggerMessage(3, LogLevel.Information, "Catalog {Catalog}: indexing is {State} at {Done} of {Total} products")]
    public static partial void Halted(this ILogger log, string catalog, IndexingState state, int done, int total);

    [LoggerMessage(4, LogLevel.Error, "Catalog {Catalog}: indexing failed: {Reason} [{ErrorType}] It is retried in {Delay}")]
    public static partial void Failed(this ILogger log, string catalog, string reason, string errorType, TimeSpan delay);

    [LoggerMessage(5, LogLevel.Warning, "Catalog {Catalog}: indexing waits: {Reason} It is retried in {Delay}")]
    public static partial void Waiting(this ILogger log, string catalog, string reason, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Debug, "Catalog {Catalog}: the error of indexing")]
    public static partial void FailureDetails(this ILogger log, string catalog, Exception error);

    [LoggerMessage(7, LogLevel.Warning, "Catalog {Catalog}: product {ProductId} is left out: {Reason}")]
    public static partial void LeftOut(this ILogger log, string catalog, string productId, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Catalog {Catalog}: {Count} more products are left out, which are not logged one by one")]
    public static partial void MoreLeftOut(this ILogger log, string catalog, int count);

    [LoggerMessage(9, LogLevel.Information,
        "Catalog {Catalog}: the picture of product {ProductId} may still be copied and is read again in {Delay}: {Reason}")]
    public static partial void CopyUnfinished(this ILogger log, string catalog, string productId, TimeSpan delay, string reason);

    [LoggerMessage(10, LogLevel.Information, "Catalog {Catalog}: the photos folder '{Folder}' has changed and is reindexed")]
    public static partial void FolderChanged(this ILogger log, string catalog, string folder);

    [LoggerMessage(11, LogLevel.Warning,
        "Catalog {Catalog}: changes in the photos folder '{Folder}' are not reported ({Reason}); it is compared every {Interval} instead")]
    public static partial void FolderNotWatched(this ILogger log, string catalog, string folder, string reason, TimeSpan interval);

    [LoggerMessage(12, LogLevel.Warning,
        "Catalog {Catalog}: a product {Change} over HTTP stays so until the next start only: set {Option} to store the change")]
    public static partial void ChangesNotStored(this ILogger log, string catalog, string change, string option);

    [LoggerMessage(13, LogLevel.Information, "Catalog {Catalog}: another server indexes it; what it has is served")]
    public static partial void IndexedElsewhere(this ILogger log, string catalog);

    [LoggerMessage(20, LogLevel.Information, "Catalog {Catalog}: request refused with {Status} {Problem}")]
    public static partial void Refused(this ILogger log, string catalog, int status, string problem);

    [LoggerMessage(21, LogLevel.Error, "Catalog {Catalog}: the app's store failed: product {ProductId} was not {Done}")]
    public static partial void StoreFailed(this ILogger log, string catalog, string productId, string done, Exception error);

    [LoggerMessage(22, LogLevel.Error, "Catalog {Catalog}: the index could not be changed for product {ProductId}")]
    public static partial void IndexFailed(this ILogger log, string catalog, string productId, Exception error);

    [LoggerMessage(23, LogLevel.Error, "Catalog {Catalog}: {Reason}")]
    public static partial void StoreAway(this ILogger log, string catalog, string reason);
}
