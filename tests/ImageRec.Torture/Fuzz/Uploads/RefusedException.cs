namespace ImageRec.Torture.Fuzz.Uploads;

/// <summary>A request was refused as the endpoints refuse.</summary>
internal sealed class RefusedException(string message) : Exception(message);
