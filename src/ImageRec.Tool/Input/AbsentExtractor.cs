using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>Stands for an extractor of the app that built a catalog: rows can be compared, but no embedding can be computed.</summary>
/// <param name="file">What errors call the catalog.</param>
/// <param name="settings">What it was built with.</param>
internal sealed class AbsentExtractor(string file, CatalogSettings settings) : IFeatureExtractor
{
    public string Name => settings.Extractor;

    public string Fingerprint => settings.Fingerprint;

    public int Dimensions => settings.FeatureDimensions;

    public int PreferredBatch => 1;

    public ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default) =>
        throw new CatalogException(
            $"'{file}' was built by an app with an extractor of its own, {Name}: only that app can query it by other pictures. "
            + "Its own pictures work as queries here, and so do 'imagerec info', 'evaluate' and 'report' without --queries.");

    public void Dispose()
    {
    }
}
