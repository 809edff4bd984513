using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Columns;

/// <summary>Reads a column of labels that an ML.NET pipeline makes: keys (1 to k) or Booleans.</summary>
internal sealed class LabelColumn
{
    private readonly string _name;
    private readonly bool _isKey;

    /// <summary>Finds the column.</summary>
    /// <exception cref="ArgumentException">
    /// There is no such column, or it holds something else; the message lists what there is.
    /// </exception>
    public LabelColumn(DataViewSchema schema, string name)
    {
        _name = name;
        var column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentException(
                $"The ML.NET pipeline has no column {name}; it has {string.Join(", ", schema.Select(c => c.Name).Distinct())}.",
                nameof(name));
        (_isKey, Count) = column.Type switch
        {
            KeyDataViewType key when key.RawType == typeof(uint) => (true, checked((int)key.Count)),
            BooleanDataViewType => (false, 2),
            _ => throw new ArgumentException($"Column {name} holds {column.Type}; a key of UInt32 or a Boolean is needed.", nameof(name)),
        };
    }

    /// <summary>Number of different labels.</summary>
    public int Count { get; }

    /// <summary>Reads the labels of all rows, counted from 0.</summary>
    /// <exception cref="InvalidOperationException">A row has no label.</exception>
    public int[] Read(IDataView view, int rows)
    {
        var column = view.Schema[_name];
        using var cursor = view.GetRowCursor([column]);
        var read = _isKey ? KeyReader(cursor, column) : BooleanReader(cursor, column);
        var labels = new int[rows];
        for (var i = 0; cursor.MoveNext(); i++)
        {
            labels[i] = read();
            if (labels[i] < 0)
            {
                throw new InvalidOperationException(
                    $"The ML.NET pipeline gave row {i} no label in column {_name}: its row may hold a value that is not finite.");
            }
        }
        return labels;
    }

    private static Func<int> KeyReader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<uint>(column);
        uint label = 0;
        return () =>
        {
            getter(ref label);
            return (int)label - 1;
        };
    }

    private static Func<int> BooleanReader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<bool>(column);
        var label = false;
        return () =>
        {
            getter(ref label);
            return label ? 1 : 0;
        };
    }
}
