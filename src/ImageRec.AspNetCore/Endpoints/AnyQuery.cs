namespace ImageRec.AspNetCore;

/// <summary>Metadata of endpoints whose query is not looked at, such as pictures, whose addresses often carry a version.</summary>
internal sealed class AnyQuery
{
    public static readonly AnyQuery Instance = new();
}
