namespace ImageRec.Vectors;

/// <summary>Holds a dense, row-major matrix of single-precision values: one row per item, one column per dimension.</summary>
/// <remarks>Not synchronized: fill it on one thread (or rows by disjoint threads), then read it from as many as you like.</remarks>
public sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="columns">Dimensions per row, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is out of range, or rows x columns exceeds <see cref="Array.MaxLength"/>.
    /// </exception>
    public FeatureMatrix(int rows, int columns) : this(new float[CheckedLength(rows, columns)], rows, columns)
    {
    }

    private FeatureMatrix(float[] values, int rows, int columns) => (_values, Rows, Columns) = (values, rows, columns);

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the dimensions per row.</summary>
    public int Columns { get; }

    /// <summary>Gets all values, row-major: <see cref="Rows"/> x <see cref="Columns"/>.</summary>
    public Memory<float> Values => _values;

    /// <summary>Gets one row, <see cref="Columns"/> values, writable in place.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    public Span<float> this[int row] => _values.AsSpan(checked(row * Columns), Columns);

    /// <summary>Returns one row as memory, <see cref="Columns"/> values, writable in place.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    public Memory<float> RowMemory(int row) => _values.AsMemory(checked(row * Columns), Columns);

    /// <summary>Wraps values without copying them.</summary>
    /// <param name="values">Row-major values; the length is a multiple of <paramref name="columns"/>.</param>
    /// <param name="columns">Dimensions per row, 1 or more.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of rows.</exception>
    public static FeatureMatrix Wrap(float[] values, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values are not a whole number of rows of {columns}.", nameof(values));
        return new FeatureMatrix(values, values.Length / columns, columns);
    }

    /// <summary>Copies the chosen rows, in the order given, into a matrix of their own: rows.Length x <see cref="Columns"/>.</summary>
    /// <param name="rows">Row numbers, each 0 to <see cref="Rows"/> - 1.</param>
    public FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var chosen = new FeatureMatrix(rows.Length, Columns);
        for (var i = 0; i < rows.Length; i++)
            this[rows[i]].CopyTo(chosen[i]);
        return chosen;
    }

    private static int CheckedLength(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var length = (long)rows * columns;
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows), $"{rows} x {columns} = {length} values; one matrix holds at most {Array.MaxLength}.");
        }
        return (int)length;
    }
}
