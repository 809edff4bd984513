using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Columns;

/// <summary>Reads a column of numbers that an ML.NET pipeline makes: vectors of a known length, or single numbers.</summary>
internal sealed class VectorColumn
{
    private readonly string _name;

    /// <summary>Finds the column.</summary>
    /// <exception cref="ArgumentException">
    /// There is no such column, or it holds something else; the message lists what there is.
    /// </exception>
    public VectorColumn(DataViewSchema schema, string name)
    {
        _name = name;
        var column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentException(
                $"The ML.NET pipeline has no column {name}; it has {string.Join(", ", schema.Select(c => c.Name).Distinct())}.",
                nameof(name));
        Dimensions = column.Type switch
        {
            VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => vector.Size,
            NumberDataViewType number when number == NumberDataViewType.Single => 1,
            _ => throw new ArgumentException(
                $"Column {name} holds {column.Type}; a vector of Single with a known length is needed.", nameof(name)),
        };
    }

    /// <summary>Dimensions per row.</summary>
    public int Dimensions { get; }

    /// <summary>Reads the column of every row, in order.</summary>
    /// <param name="view">Has the column.</param>
    /// <param name="receive">Called with the position of the row (0, 1 ...) and its values.</param>
    public void Read(IDataView view, Action<int, ReadOnlySpan<float>> receive)
    {
        var column = view.Schema[_name];
        using var cursor = view.GetRowCursor([column]);
        var row = new float[Dimensions];
        var read = Reader(cursor, column);
        for (var i = 0; cursor.MoveNext(); i++)
        {
            read(row);
            receive(i, row);
        }
    }

    /// <summary>Reads the column into a matrix with a row for every row of the view.</summary>
    public void Read(IDataView view, FeatureMatrix rows) => Read(view, (i, row) => row.CopyTo(rows[i]));

    private static Action<float[]> Reader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var number = cursor.GetGetter<float>(column);
            return row => number(ref row[0]);
        }
        var vector = cursor.GetGetter<VBuffer<float>>(column);
        var buffer = default(VBuffer<float>);
        return row =>
        {
            vector(ref buffer);
            buffer.CopyTo(row);
        };
    }
}
