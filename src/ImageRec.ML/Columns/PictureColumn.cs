using ImageRec.Images;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageRec.ML.Columns;

/// <summary>Reads images from a column of paths, encoded bytes or <see cref="MLImage"/>.</summary>
internal static class PictureColumn
{
    /// <summary>Finds the column.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it holds no images; the message says what there is.</exception>
    /// <exception cref="ImageLibraryException">
    /// It holds <see cref="MLImage"/>, whose pixels cannot be read with the SkiaSharp of this app.
    /// </exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentException(
                $"There is no column {name}; there are {string.Join(", ", schema.Select(c => c.Name).Distinct())}.", nameof(name));
        if (column.Type is ImageDataViewType)
            MLImages.Require();
        if (column.Type is TextDataViewType or ImageDataViewType || IsBytes(column.Type))
            return column;
        throw new ArgumentException(
            $"Column {name} holds {column.Type}; images are paths (text), encoded bytes (a vector of Byte) or {nameof(MLImage)}.",
            nameof(name));
    }

    /// <summary>Makes a reader of the row's image; null where there is none.</summary>
    /// <param name="row">Has the column, active.</param>
    /// <param name="column">As <see cref="Find"/> returned it.</param>
    public static Func<ImageSource?> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => PathReader(row.GetGetter<ReadOnlyMemory<char>>(column)),
        ImageDataViewType => ImageReader(row.GetGetter<MLImage>(column)),
        _ => BytesReader(row.GetGetter<VBuffer<byte>>(column)),
    };

    private static bool IsBytes(DataViewType type) => type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Byte;

    private static Func<ImageSource?> PathReader(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> path = default;
        return () =>
        {
            getter(ref path);
            return path.Span.IsWhiteSpace() ? null : ImageSource.FromFile(path.ToString());
        };
    }

    private static Func<ImageSource?> BytesReader(ValueGetter<VBuffer<byte>> getter)
    {
        VBuffer<byte> bytes = default;
        return () =>
        {
            getter(ref bytes);
            return bytes.Length == 0 ? null : ImageSource.FromBytes(bytes.DenseValues().ToArray());
        };
    }

    private static Func<ImageSource?> ImageReader(ValueGetter<MLImage> getter) => () =>
    {
        // Read with nothing to reuse, so that the image is ours to dispose of.
        MLImage? image = null;
        getter(ref image!);
        using (image)
            return image is null ? null : ImageSource.FromBytes(MLImages.ToBmp(image), image.Tag ?? "(image)");
    };
}
