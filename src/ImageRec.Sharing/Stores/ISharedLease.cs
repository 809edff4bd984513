namespace ImageRec.Sharing.Stores;

/// <summary>Holds a right that one worker has at a time, until it is disposed or the worker dies.</summary>
internal interface ISharedLease : IAsyncDisposable
{
    /// <summary>Returns whether it is still this worker's: a store that was away for long has given it to another.</summary>
    Task<bool> IsHeldAsync(CancellationToken cancellationToken);
}
