using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.Fitting;

/// <summary>Shows a matrix to ML.NET as a vector column, with text columns beside it, without copying the matrix.</summary>
internal sealed class MatrixDataView : IDataView
{
    private readonly FeatureMatrix _rows;
    private readonly IReadOnlyList<string?>[] _texts;

    /// <summary>Makes a view.</summary>
    /// <param name="rows">n x d; not copied, so leave it unchanged while the view is in use.</param>
    /// <param name="vectorColumn">Name of the vector column.</param>
    /// <param name="textColumns">Names and values (n each) of columns that come before it; null is empty text.</param>
    public MatrixDataView(FeatureMatrix rows, string vectorColumn, params (string Name, IReadOnlyList<string?> Values)[] textColumns)
    {
        _rows = rows;
        _texts = [.. textColumns.Select(column => column.Values)];
        var schema = new DataViewSchema.Builder();
        foreach (var (name, values) in textColumns)
        {
            if (values.Count != rows.Rows)
                throw new ArgumentException($"Column {name} has {values.Count} values for {rows.Rows} rows.", nameof(textColumns));
            schema.AddColumn(name, TextDataViewType.Instance);
        }
        schema.AddColumn(vectorColumn, new VectorDataViewType(NumberDataViewType.Single, rows.Columns));
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(MatrixDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. columnsNeeded.Select(column => column.Index)];
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_position + 1 < view._rows.Rows)
            {
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
            Delegate getter = column.Index < view._texts.Length ? TextGetter(view._texts[column.Index]) : VectorGetter();
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue).Name}.");
        }

        private ValueGetter<ReadOnlyMemory<char>> TextGetter(IReadOnlyList<string?> values) =>
            (ref ReadOnlyMemory<char> text) => text = values[(int)_position].AsMemory();

        private ValueGetter<VBuffer<float>> VectorGetter() =>
            (ref VBuffer<float> vector) =>
            {
                var editor = VBufferEditor.Create(ref vector, view._rows.Columns);
                view._rows[(int)_position].CopyTo(editor.Values);
                vector = editor.Commit();
            };
    }
}
