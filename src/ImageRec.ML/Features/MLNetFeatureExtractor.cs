using ImageRec.Images;
using ImageRec.Features;
using ImageRec.ML.Columns;
using ImageRec.ML.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Features;

/// <summary>Computes embeddings by a whole ML.NET pipeline that starts from a column of images; see <see cref="MLNetExtractor"/>.</summary>
internal sealed class MLNetFeatureExtractor : IFeatureExtractor
{
    private readonly ITransformer _model;
    private readonly bool _owned;
    private readonly string _imageColumn;
    private readonly VectorColumn _output;
    private readonly ImageLimits _limits;
    private readonly SharedLifetime _lifetime;

    /// <summary>Uses a fitted pipeline.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="options">Not kept.</param>
    /// <param name="owned">Whether the extractor disposes the pipeline.</param>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageLibraryException">The SkiaSharp of this app is one that ML.NET's images do not work with.</exception>
    public MLNetFeatureExtractor(string name, ITransformer model, MLNetExtractorOptions options, bool owned)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(model);
        MLImages.Require();
        (_model, _imageColumn, _limits, _owned) = (model, options.ImageColumn, options.Limits ?? ImageLimits.Default, owned);
        _lifetime = new(Free);
        var schema = PictureView.MakeSchema(_imageColumn);
        _output = new VectorColumn(model.GetOutputSchema(schema), options.OutputColumn);
        Name = name;
        Fingerprint = $"{name} {PictureView.Version} {options.OutputColumn} {options.Fingerprint ?? MLNetState.Fingerprint(model)}";
    }

    public string Name { get; }

    public string Fingerprint { get; }

    public int Dimensions => _output.Dimensions;

    public int PreferredBatch => 16;

    /// <summary>Fits a pipeline, on no images.</summary>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageLibraryException">The SkiaSharp of this app is one that ML.NET's images do not work with.</exception>
    public static MLNetFeatureExtractor Fit(string name, Func<MLContext, IEstimator<ITransformer>> pipeline, MLNetExtractorOptions options)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var none = new PictureView(options.ImageColumn, [], ImageLimits.Default, [], CancellationToken.None);
        return new MLNetFeatureExtractor(name, pipeline(new MLContext(0)).Fit(none), options, owned: true);
    }

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The extractor was disposed.</exception>
    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), this);
        try
        {
            return await ExtractAllAsync(batch, rows, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lifetime.Leave();
        }
    }

    /// <summary>
    /// Frees the pipeline, if the extractor owns it: at once, or as soon as the calls that are running have returned. May be called any
    /// number of times.
    /// </summary>
    public void Dispose() => _lifetime.End();

    private void Free()
    {
        if (_owned && _model is IDisposable model)
            model.Dispose();
    }

    private async Task<IReadOnlyList<UnreadableImage>> ExtractAllAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken)
    {
        var needed = (long)batch.Count * Dimensions;
        if (rows.Length != needed)
        {
            throw new ArgumentException(
                $"{batch.Count} images need room for {batch.Count} x {Dimensions} = {needed} values; there is room for {rows.Length}.",
                nameof(rows));
        }
        cancellationToken.ThrowIfCancellationRequested();
        var unreadable = new SortedDictionary<int, string>();
        var readable = new List<EncodedPicture>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                var bytes = await batch[i].ReadAsync(_limits.MaxBytes, cancellationToken).ConfigureAwait(false);
                readable.Add(new EncodedPicture(i, batch[i].Name, bytes));
            }
            catch (UnreadableImageException e)
            {
                unreadable[i] = e.Message;
            }
        }
        var view = new PictureView(_imageColumn, readable, _limits, unreadable, cancellationToken);
        var features = new FeatureMatrix(readable.Count, Dimensions);
        _output.Read(_model.Transform(view), features);
        rows.Span.Clear();
        var row = 0;
        foreach (var picture in readable)
        {
            if (!unreadable.ContainsKey(picture.Index))
                features[row++].CopyTo(rows.Span[(picture.Index * Dimensions)..]);
        }
        return [.. unreadable.Select(image => new UnreadableImage(image.Key, image.Value))];
    }
}
