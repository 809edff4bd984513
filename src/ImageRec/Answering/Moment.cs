using ImageRec.Building;
using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Answering;

/// <summary>
/// Holds what an engine answers from at one moment: items, rows and models that belong together. A change publishes another; answers keep
/// the one they began with.
/// </summary>
/// <param name="Items">The items.</param>
/// <param name="Pipeline">The fitted models.</param>
/// <param name="Rows">The rows; null for a recommender of the caller's, which has no snapshots.</param>
/// <param name="Position">Where the file stood.</param>
/// <param name="Models">Checksum of the models in the file.</param>
internal sealed record Moment<TItem>(ItemTable<TItem> Items, RowPipeline Pipeline, CosineView? Rows, LogPosition Position, long Models);
