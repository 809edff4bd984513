using ImageRec.Answering;
using ImageRec.Learning;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Writes the learned models into a catalog file and reads them back.</summary>
internal static class PipelineState
{
    public static void Save(CatalogFile file, RowPipeline pipeline)
    {
        file.State.Write("projection", pipeline.Projection.Save);
        file.State.Write("clustering", pipeline.Clustering.Save);
        file.State.Write("scores", pipeline.Scores.Save);
        if (pipeline.Categories is not { } categories)
            return;
        file.State.WriteJson("categories", categories.Report, StorageJson.Default.CategoryReport);
        file.State.Write("classifier", categories.Save);
    }

    /// <summary>Returns a checksum that distinguishes these models from those of another fit.</summary>
    public static long Checksum(CatalogFile file) => file.Guard(() => file.State.Checksum(IndexState.Name, "settings"));

    public static RowPipeline Load(CatalogFile file, Components components)
    {
        using var projection = file.State.OpenRead("projection") ?? throw file.Damaged("its projection is missing");
        using var clustering = file.State.OpenRead("clustering") ?? throw file.Damaged("its clustering is missing");
        using var scores = file.State.OpenRead("scores") ?? throw file.Damaged("its scores are missing");
        try
        {
            var reduction = components.Reducer.Load(projection);
            return new RowPipeline(reduction, LoadCategories(file, components, reduction.OutputDimensions),
                components.Clusterer.Load(clustering), ScoreDistribution.Load(scores));
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged(e.Message);
        }
    }

    private static LearnedCategories? LoadCategories(CatalogFile file, Components components, int dimensions)
    {
        if (components.Categories is not { } choice)
            return null;
        var report = file.State.ReadJson("categories", StorageJson.Default.CategoryReport)
            ?? throw file.Damaged("its categories are missing");
        using var classifier = file.State.OpenRead("classifier");
        return LearnedCategories.Load(classifier, choice.Learner, dimensions, report);
    }
}
