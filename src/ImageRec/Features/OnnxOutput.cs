using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRec.Features;

/// <summary>Describes the output of a network, as a run showed it.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="ImageShape">Shape of the output for one image.</param>
/// <param name="CountsImages">Whether the first dimension counts images; a network without takes one at a time.</param>
internal sealed record OnnxOutput(TensorElementType Type, long[] ImageShape, bool CountsImages)
{
    // 16 times the widest layer of VGG-16.
    private const long MostNumbers = 1 << 26;

    /// <summary>Elements for one image.</summary>
    public int Length => (int)ImageShape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Returns the shape of the tensor for a number of images.</summary>
    public long[] Shape(int images) => CountsImages ? [images, .. ImageShape] : ImageShape;

    /// <summary>Reads the shape that a run of some images showed.</summary>
    /// <exception cref="OnnxModelException">No embedding can be made of it.</exception>
    public static OnnxOutput Of(TensorElementType type, long[] shape, int images, OnnxModel model, string name)
    {
        var count = images == 1 ? "1 image" : $"{images} images";
        var text = $"'{Excerpt.Of(name)}' of {model.Name} is {type} [{string.Join(',', shape)}] for {count}; ";
        if (TensorBuffer.SizeOf(type) is 0 or sizeof(byte))
        {
            throw new OnnxModelException(
                $"{text}embeddings are made of {TensorBuffer.OutputTypes}. Choose another {nameof(OnnxModel.Output)}, "
                + "such as an earlier layer.");
        }
        var numbers = shape.Aggregate((Int128)1, (product, size) => product * size);
        if (numbers == 0)
            throw new OnnxModelException($"{text}that is nothing to compare images by. Choose another {nameof(OnnxModel.Output)}.");
        if (numbers / images > MostNumbers)
        {
            throw new OnnxModelException(
                $"{text}embeddings have {MostNumbers:N0} dimensions at most. Choose another {nameof(OnnxModel.Output)}, "
                + "such as a later layer.");
        }
        if (shape.Length > 0 && shape[0] == images)
            return new(type, shape[1..], true);
        return images == 1
            ? new(type, shape, false)
            : throw new OnnxModelException(
                $"{text}its first dimension must count the images. Save the network for one image per batch, "
                + "or with a free first dimension.");
    }
}
