namespace ImageRec.AspNetCore.Catalog;

/// <summary>The indexer may work.</summary>
/// <param name="IsAsked">Whether a run was asked for; else some time has passed.</param>
/// <param name="Halt">Canceled when it has to pause or stop.</param>
internal readonly record struct IndexerTurn(bool IsAsked, CancellationToken Halt);
