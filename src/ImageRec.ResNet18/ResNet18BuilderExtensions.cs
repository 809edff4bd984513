namespace ImageRec;

/// <summary>Lets a builder use <see cref="ResNet18Network"/>.</summary>
public static class ResNet18BuilderExtensions
{
    /// <summary>Computes embeddings by ResNet-18, as <see cref="ResNet18Network.Model"/> declares it. The catalog file keeps the network.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes how the network is run: threads, batches, execution providers.</param>
    /// <exception cref="InvalidOperationException">An extractor, or a configuration of the network, was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RecommenderBuilder UseResNet18(this RecommenderBuilder builder, Action<OnnxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseOnnx(ResNet18Network.Model, configure);
    }
}
