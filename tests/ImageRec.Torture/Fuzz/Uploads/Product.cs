namespace ImageRec.Torture.Fuzz.Uploads;

/// <summary>A product of the shop that strangers send things to.</summary>
internal sealed record Product(string Id, string Color, decimal Price);
