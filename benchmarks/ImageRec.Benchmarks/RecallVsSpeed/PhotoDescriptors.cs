using ImageRec.Features;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Local descriptors of photos: the 256 numbers of conv5 at each of 13 x 13 positions, L2, PCA to 128, L2.</summary>
internal static class PhotoDescriptors
{
    private const int Channels = 256;
    private const int Positions = 13 * 13;
    private const int KeptOut = 100;
    private const int Queries = 1000;
    private const int Dimensions = 128;
    private const int PcaSample = 100_000;
    private const int Batch = 64;

    public static async Task<VectorSet> CreateAsync(string photos, string model)
    {
        var files = Directory.GetFiles(photos, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        new Random(1).Shuffle(files);
        using var extractor = new OnnxFeatureExtractor(OnnxModel.AlexNet(model, "conv5"));
        var descriptors = new FeatureMatrix(files.Length * Positions, Channels);
        var photo = 0;
        foreach (var batch in files.Chunk(Batch))
        {
            var tensors = new float[batch.Length * Channels * Positions];
            var unreadable = await extractor.ExtractAsync([.. batch.Select(ImageSource.FromFile)], tensors);
            if (unreadable.Count > 0)
                throw new InvalidDataException($"{batch[unreadable[0].Index]}: {unreadable[0].Reason}");
            for (var i = 0; i < batch.Length; i++, photo++)
                Transpose(tensors.AsSpan(i * Channels * Positions, Channels * Positions), descriptors, photo * Positions);
        }
        UnitRows.Normalize(descriptors);
        return Reduce(descriptors, files.Length);
    }

    private static void Transpose(ReadOnlySpan<float> tensor, FeatureMatrix descriptors, int first)
    {
        for (var position = 0; position < Positions; position++)
        {
            var row = descriptors[first + position];
            for (var channel = 0; channel < Channels; channel++)
                row[channel] = tensor[channel * Positions + position];
        }
    }

    private static VectorSet Reduce(FeatureMatrix descriptors, int photos)
    {
        var random = new Random(2);
        var inBase = Enumerable.Range(KeptOut * Positions, (photos - KeptOut) * Positions).ToArray();
        var projection = new PcaReducer(new PcaOptions { Dimensions = Dimensions })
            .Fit(descriptors.Select(random.GetItems(inBase, PcaSample)), new FitContext(1));
        var keptOut = Enumerable.Range(0, KeptOut * Positions).ToArray();
        random.Shuffle(keptOut);
        return new VectorSet(
            $"conv5 descriptors of {photos - KeptOut} clothing photos; queries from {KeptOut} others",
            Project(projection, descriptors.Select(inBase)),
            Project(projection, descriptors.Select(keptOut.AsSpan(0, Queries))));
    }

    private static FeatureMatrix Project(IProjection projection, FeatureMatrix rows)
    {
        var projected = new FeatureMatrix(rows.Rows, Dimensions);
        projection.Project(rows, projected);
        UnitRows.Normalize(projected);
        return projected;
    }
}
