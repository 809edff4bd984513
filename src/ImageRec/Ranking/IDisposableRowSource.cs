using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>Reads rows of one moment, lent for one answer.</summary>
internal interface IDisposableRowSource : IRowSource, IDisposable;
