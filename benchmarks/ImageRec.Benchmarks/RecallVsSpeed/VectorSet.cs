using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Rows to search, and queries that are not among them.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Base">n x d unit rows.</param>
/// <param name="Queries">q x d unit rows.</param>
internal sealed record VectorSet(string Name, FeatureMatrix Base, FeatureMatrix Queries)
{
    /// <summary>The given files, or the photos' descriptors when there are photos, or synthetic rows.</summary>
    public static VectorSet Choose(string root, string? basePath, string? queryPath)
    {
        if (basePath != null && queryPath != null)
            return new VectorSet(Path.GetFileName(basePath), NpyFile.Read(basePath), NpyFile.Read(queryPath));
        var shared = Path.GetFullPath(Path.Combine(root, "..", "shared"));
        var photos = Path.Combine(shared, "data", "clothing");
        var model = Path.Combine(shared, "models", "alexnet-bvlc-conv.onnx");
        return Directory.Exists(photos) && File.Exists(model)
            ? PhotoDescriptors.CreateAsync(photos, model).GetAwaiter().GetResult()
            : SyntheticRows.Create(600_000, 1000);
    }
}
