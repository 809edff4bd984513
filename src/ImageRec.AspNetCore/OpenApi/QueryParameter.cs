namespace ImageRec.AspNetCore;

/// <summary>A query parameter an endpoint reads by itself, for the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">JSON schema type.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Example">As it stands in an address.</param>
/// <param name="Repeats">Whether it may be given several times.</param>
internal sealed record QueryParameter(string Name, string Type, string Description, string Example, bool Repeats = false);
