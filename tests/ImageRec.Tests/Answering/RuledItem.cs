namespace ImageRec.Tests.Answering;

/// <summary>An item with what rules look at, and how similar it is to the query.</summary>
internal sealed record RuledItem(string Id, float Score, string? Brand, bool IsSoldOut, float Sells);
