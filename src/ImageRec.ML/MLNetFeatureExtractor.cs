using ImageRec.Features;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML;

/// <summary>Features by a whole ML.NET pipeline that starts from a column of pictures, such as ResizeImages, ExtractPixels and ApplyOnnxModel.</summary>
/// <remarks>
/// Pictures reach the pipeline as <see cref="Microsoft.ML.Data.MLImage"/>, upright, in sRGB and on white, in their own size. The pipeline runs on the calling
/// thread, one picture after another, as ML.NET does.
/// </remarks>
public sealed class MLNetFeatureExtractor : IFeatureExtractor
{
    private readonly ITransformer _model;
    private readonly bool _owned;
    private readonly string _imageColumn;
    private readonly VectorColumn _output;
    private readonly ImageLimits _limits;
    private readonly SharedLifetime _lifetime;

    /// <summary>Fits the pipeline, on no pictures: it may have nothing to learn.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="pipeline">Makes the pipeline.</param>
    /// <param name="imageColumn">The column of pictures it starts from.</param>
    /// <param name="outputColumn">The column it makes: a vector of Single of known length.</param>
    /// <param name="fingerprint">Tells other pipelines apart; null for a hash of what ML.NET saves of this one.</param>
    /// <param name="limits">How large pictures may be; null for the defaults.</param>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageLibraryException">The SkiaSharp of this app is one that ML.NET's images do not work with; the message says which does.</exception>
    public MLNetFeatureExtractor(
        string name, Func<MLContext, IEstimator<ITransformer>> pipeline, string imageColumn = "Image", string outputColumn = "Features",
        string? fingerprint = null, ImageLimits? limits = null)
        : this(name, Fit(pipeline, imageColumn), imageColumn, outputColumn, fingerprint, limits) => _owned = true;

    /// <summary>Uses a fitted pipeline.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="model">The fitted pipeline; stays the caller's.</param>
    /// <param name="imageColumn">The column of pictures it starts from.</param>
    /// <param name="outputColumn">The column it makes: a vector of Single of known length.</param>
    /// <param name="fingerprint">Tells other pipelines apart; null for a hash of what ML.NET saves of this one.</param>
    /// <param name="limits">How large pictures may be; null for the defaults.</param>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageLibraryException">The SkiaSharp of this app is one that ML.NET's images do not work with; the message says which does.</exception>
    public MLNetFeatureExtractor(
        string name, ITransformer model, string imageColumn = "Image", string outputColumn = "Features", string? fingerprint = null, ImageLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(imageColumn);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumn);
        MLImages.Require();
        (_model, _imageColumn) = (model, imageColumn);
        _limits = limits ?? ImageLimits.Default;
        _lifetime = new(Free);
        var schema = PictureView.MakeSchema(imageColumn);
        _output = new VectorColumn(model.GetOutputSchema(schema), outputColumn);
        Name = name;
        Fingerprint = $"{name} {PictureView.Version} {outputColumn} {fingerprint ?? MLNetState.Fingerprint(model)}";
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public int Dimensions => _output.Dimensions;

    /// <inheritdoc />
    public int PreferredBatch => 16;

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

    /// <summary>Frees the pipeline, if it was fitted here: at once, or as soon as the calls that go on have returned. May be called any number of times.</summary>
    public void Dispose() => _lifetime.End();

    private void Free()
    {
        if (_owned && _model is IDisposable model)
            model.Dispose();
    }

    private async Task<IReadOnlyList<UnreadableImage>> ExtractAllAsync(IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken)
    {
        var needed = (long)batch.Count * Dimensions;
        if (rows.Length != needed)
            throw new ArgumentException($"{batch.Count} pictures give {batch.Count} x {Dimensions} = {needed} numbers; there is room for {rows.Length}.", nameof(rows));
        cancellationToken.ThrowIfCancellationRequested();
        var unreadable = new SortedDictionary<int, string>();
        var readable = new List<EncodedPicture>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                readable.Add(new EncodedPicture(i, batch[i].Name, await batch[i].ReadAsync(_limits.MaxBytes, cancellationToken).ConfigureAwait(false)));
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

    private static ITransformer Fit(Func<MLContext, IEstimator<ITransformer>> pipeline, string imageColumn)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(imageColumn);
        return pipeline(new MLContext(0)).Fit(new PictureView(imageColumn, [], ImageLimits.Default, new SortedDictionary<int, string>(), CancellationToken.None));
    }
}
