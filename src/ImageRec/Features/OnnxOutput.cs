using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRec.Features;

/// <summary>What a network gives, as a run showed.</summary>
/// <param name="Type">What its numbers are.</param>
/// <param name="PictureShape">Shape of what it gives for one picture.</param>
/// <param name="CountsPictures">Whether the first dimension counts pictures; a network without gives one a run.</param>
internal sealed record OnnxOutput(TensorElementType Type, long[] PictureShape, bool CountsPictures)
{
    // 16 times the widest layer of VGG-16.
    private const long MostNumbers = 1 << 26;

    /// <summary>Numbers for one picture.</summary>
    public int Length => (int)PictureShape.Aggregate(1L, (product, size) => product * size);

    public long[] Shape(int pictures) => CountsPictures ? [pictures, .. PictureShape] : PictureShape;

    /// <summary>Reads the shape that a run of some pictures gave.</summary>
    /// <exception cref="OnnxModelException">No row can be made of it.</exception>
    public static OnnxOutput Of(TensorElementType type, long[] shape, int pictures, OnnxModel model, string name)
    {
        var text = $"'{Excerpt.Of(name)}' of {model.Name} is {type} [{string.Join(',', shape)}] for {pictures} {(pictures == 1 ? "picture" : "pictures")}; ";
        if (TensorBuffer.SizeOf(type) is 0 or sizeof(byte))
            throw new OnnxModelException($"{text}rows are made of {TensorBuffer.OutputTypes}. Choose another {nameof(OnnxModel.Output)}, such as an earlier layer.");
        var numbers = shape.Aggregate((Int128)1, (product, size) => product * size);
        if (numbers == 0)
            throw new OnnxModelException($"{text}that is nothing to compare pictures by. Choose another {nameof(OnnxModel.Output)}.");
        if (numbers / pictures > MostNumbers)
            throw new OnnxModelException($"{text}rows have {MostNumbers:N0} numbers at most. Choose another {nameof(OnnxModel.Output)}, such as a later layer.");
        if (shape.Length > 0 && shape[0] == pictures)
            return new(type, shape[1..], true);
        return pictures == 1
            ? new(type, shape, false)
            : throw new OnnxModelException($"{text}its first dimension must count the pictures. Save the network for one picture a run, or with a free first dimension.");
    }
}
