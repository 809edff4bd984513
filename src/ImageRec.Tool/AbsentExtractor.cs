using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Tool;

/// <summary>Stands for an extractor that is code of the app that built a catalog: its rows can be compared, pictures cannot be looked at.</summary>
/// <param name="file">What errors call the catalog.</param>
/// <param name="settings">What it was built with.</param>
internal sealed class AbsentExtractor(string file, CatalogSettings settings) : IFeatureExtractor
{
    public string Name => settings.Extractor;

    public string Fingerprint => settings.Fingerprint;

    public int Dimensions => settings.FeatureDimensions;

    public int PreferredBatch => 1;

    public ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default) =>
        throw new CatalogException(
            $"'{file}' was built by an app with an extractor of its own, {Name}: only that app can look at other pictures. "
            + "Here its own pictures can be asked with, and 'imagerec info', 'evaluate' and 'report' work without --queries.");

    public void Dispose()
    {
    }
}
