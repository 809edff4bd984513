using ImageRec.Vectors;

namespace ImageRec.Fitting;

/// <summary>Keeps learned matrices in one frame: rows and columns of each (Int32), then their values.</summary>
internal static class MatrixState
{
    private const int Version = 2;

    /// <summary>Writes matrices.</summary>
    /// <param name="destination">Left open.</param>
    /// <param name="kind">Four ASCII characters.</param>
    /// <param name="matrices">As many as the kind has.</param>
    public static void Write(Stream destination, string kind, params ReadOnlySpan<FeatureMatrix> matrices)
    {
        var sizes = new int[2 * matrices.Length];
        var length = (long)sizes.Length * sizeof(int);
        for (var i = 0; i < matrices.Length; i++)
        {
            (sizes[2 * i], sizes[(2 * i) + 1]) = (matrices[i].Rows, matrices[i].Columns);
            length += (long)matrices[i].Values.Length * sizeof(float);
        }
        var frame = new StateWriter(destination, kind, Version, length);
        frame.Write<int>(sizes);
        foreach (var matrix in matrices)
            frame.Write<float>(matrix.Values.Span);
        frame.Complete();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="source">Read from its position to the end of the state.</param>
    /// <param name="kind">The kind expected.</param>
    /// <param name="count">How many matrices the kind has.</param>
    /// <exception cref="InvalidDataException">The state is damaged, or of another kind or version.</exception>
    public static FeatureMatrix[] Read(Stream source, string kind, int count)
    {
        var frame = new StateReader(source, kind, Version);
        var sizes = new int[2 * count];
        frame.Read<int>(sizes);
        long length = 0;
        for (var i = 0; i < count; i++)
        {
            var (rows, columns) = (sizes[2 * i], sizes[(2 * i) + 1]);
            if (rows < 0 || columns < 1 || (long)rows * columns > Array.MaxLength)
                throw frame.Damaged($"a matrix of {rows} x {columns} is not plausible");
            length += (long)rows * columns * sizeof(float);
        }
        if (length != frame.Left)
            throw frame.Damaged("its matrices do not fit its length");
        var matrices = new FeatureMatrix[count];
        for (var i = 0; i < count; i++)
        {
            matrices[i] = new FeatureMatrix(sizes[2 * i], sizes[(2 * i) + 1]);
            frame.Read(matrices[i].Values.Span);
        }
        frame.Complete();
        return matrices;
    }
}
