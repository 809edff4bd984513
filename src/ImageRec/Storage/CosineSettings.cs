using ImageRec.Ranking;

namespace ImageRec.Storage;

/// <summary>The choices of <see cref="CosineOptions"/> that a catalogue file keeps.</summary>
internal sealed record CosineSettings(double? Recall, MemoryMode Memory);
