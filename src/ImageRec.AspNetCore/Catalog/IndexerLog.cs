using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

internal sealed partial class Indexer<TItem>
{
    [LoggerMessage(LogLevel.Information, "Recommending from {Indexed} products of the last start")]
    private partial void Opened(int indexed);

    [LoggerMessage(LogLevel.Information, "Indexing is done: {Indexed} products, {Unreadable} without a readable picture")]
    private partial void Finished(int indexed, int unreadable);

    [LoggerMessage(LogLevel.Information, "Indexing is {State} at {Done} of {Total} products")]
    private partial void Halted(IndexingState state, int done, int total);

    [LoggerMessage(LogLevel.Error, "Indexing failed: {Reason} [{ErrorType}] It is tried again in {Delay}")]
    private partial void Failed(string reason, string errorType, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "Indexing waits: {Reason} It is tried again in {Delay}")]
    private partial void Waits(string reason, TimeSpan delay);

    [LoggerMessage(LogLevel.Debug, "What indexing failed with")]
    private partial void Details(Exception error);

    [LoggerMessage(LogLevel.Warning, "Product {ProductId} is left out: {Reason}")]
    private partial void Unreadable(string productId, string reason);

    [LoggerMessage(LogLevel.Warning, "Products that are {Change} over HTTP are so in this process only: the next start lists them anew, unless {Option} is set")]
    private partial void Forgotten(string change, string option);
}
