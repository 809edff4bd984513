namespace ImageRec.Ranking;

/// <summary>What a <see cref="CosineRecommender"/> holds, and how well it finds.</summary>
/// <param name="Rows">Rows held.</param>
/// <param name="Dimensions">Numbers a row; 0 before the first row.</param>
/// <param name="Segments">Parts the coded rows are in.</param>
/// <param name="Cells">Cells of all segments.</param>
/// <param name="UncodedRows">Rows added lately, compared one by one until they are merged.</param>
/// <param name="Bytes">Memory held.</param>
/// <param name="Recall">Share of the true best ten found on a sample of the catalogue's own rows; 1 where search is exact.</param>
public sealed record CosineReport(int Rows, int Dimensions, int Segments, int Cells, int UncodedRows, long Bytes, double Recall);
