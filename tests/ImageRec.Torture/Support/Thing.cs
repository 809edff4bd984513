namespace ImageRec.Torture;

/// <summary>An item of every machine's catalogs. Its picture follows from its id and the stamp of the change that wrote it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stamp">The change that wrote it.</param>
internal sealed record Thing(string Id, int Stamp)
{
    public string Category => $"kind {Stamp % 3}";
}
