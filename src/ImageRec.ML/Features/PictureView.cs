using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ImageRec.ML.Features;

/// <summary>Shows images to an ML.NET pipeline, decoded one at a time; those that cannot be decoded are left out and noted.</summary>
internal sealed class PictureView(
    string column,
    IReadOnlyList<EncodedPicture> pictures,
    ImageLimits limits,
    SortedDictionary<int, string> unreadable,
    CancellationToken cancellationToken) : IDataView
{
    /// <summary>Names the decoding in fingerprints; changed whenever the same file would give other pixels.</summary>
    public const string Version = "mlimage-1";

    private IReadOnlyList<EncodedPicture> Pictures => pictures;

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = MakeSchema(column);

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    /// <summary>Makes a schema with one column of images.</summary>
    public static DataViewSchema MakeSchema(string column)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(column, new ImageDataViewType());
        return schema.ToSchema();
    }

    private DecodedPicture? Decode(EncodedPicture picture)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return DecodedPicture.Decode(picture.Bytes.Span, picture.Name, limits);
        }
        catch (UnreadableImageException e)
        {
            unreadable[picture.Index] = e.Message;
            return null;
        }
    }

    private sealed class Cursor(PictureView view) : DataViewRowCursor
    {
        private int _next;
        private long _position = -1;
        private DecodedPicture? _current;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext()
        {
            while (_next < view.Pictures.Count)
            {
                _current = view.Decode(view.Pictures[_next++]);
                if (_current is null)
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<MLImage> getter = (ref MLImage image) =>
            {
                image?.Dispose();
                image = _current!.ToMLImage();
            };
            return (Delegate)getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue).Name}.");
        }
    }
}
