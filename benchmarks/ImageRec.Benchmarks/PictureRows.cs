using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks;

/// <summary>Computes the rows of many pictures, a batch after another.</summary>
internal static class PictureRows
{
    private const int Batch = 64;

    /// <returns>n rows of length 1, or 0.</returns>
    public static async Task<FeatureMatrix> UnitAsync(OnnxFeatureExtractor extractor, List<ImageSource> pictures)
    {
        var rows = await PlainAsync(extractor, pictures);
        UnitRows.Normalize(rows);
        return rows;
    }

    /// <returns>n rows as the network gives them.</returns>
    public static async Task<FeatureMatrix> PlainAsync(OnnxFeatureExtractor extractor, List<ImageSource> pictures)
    {
        var rows = new FeatureMatrix(pictures.Count, extractor.Dimensions);
        for (var start = 0; start < pictures.Count; start += Batch)
        {
            var some = pictures.GetRange(start, Math.Min(Batch, pictures.Count - start));
            await extractor.ExtractAsync(some, rows.Values.Slice(start * extractor.Dimensions, some.Count * extractor.Dimensions));
        }
        return rows;
    }
}
