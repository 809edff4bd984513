namespace ImageRec.Ranking;

/// <summary>Reports what a <see cref="CosineRecommender"/> holds, and how well it finds.</summary>
/// <param name="Rows">Rows held.</param>
/// <param name="Dimensions">Dimensions per row; 0 before the first row.</param>
/// <param name="Segments">Parts that the encoded rows are in.</param>
/// <param name="Cells">Cells of all segments.</param>
/// <param name="UncodedRows">Rows added lately, compared one by one until they are merged.</param>
/// <param name="Bytes">Bytes of memory held.</param>
/// <param name="Recall">Share of the true best ten found on a sample of the catalog's own rows; 1 where search is exact.</param>
internal sealed record CosineReport(int Rows, int Dimensions, int Segments, int Cells, int UncodedRows, long Bytes, double Recall);
