using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Reads the learned models back from a catalogue file.</summary>
internal static class PipelineState
{
    public static RowPipeline Load(CatalogFile file, Components components)
    {
        using var projection = file.State.OpenRead("projection") ?? throw file.Damaged("its projection is missing");
        using var clustering = file.State.OpenRead("clustering") ?? throw file.Damaged("its clustering is missing");
        try
        {
            return new RowPipeline(components.Reducer.Load(projection), components.Clusterer.Load(clustering));
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged(e.Message);
        }
    }
}
