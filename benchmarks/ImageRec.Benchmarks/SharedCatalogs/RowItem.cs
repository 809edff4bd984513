namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>An item whose "picture" is its row.</summary>
/// <param name="Number">Names the row.</param>
/// <param name="Group">0 to 999, evenly: what filters compare.</param>
internal sealed record RowItem(int Number, int Group);
