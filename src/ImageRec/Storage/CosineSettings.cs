using ImageRec.Ranking;

namespace ImageRec.Storage;

/// <summary>Holds the choices of <see cref="CosineOptions"/> that a catalog file keeps.</summary>
internal sealed record CosineSettings(double? Recall, MemoryMode Memory);
