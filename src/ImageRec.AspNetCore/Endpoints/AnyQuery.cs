namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Metadata of endpoints that take any query parameter, such as pictures, whose addresses often carry a version.</summary>
internal sealed class AnyQuery
{
    public static readonly AnyQuery Instance = new();
}
