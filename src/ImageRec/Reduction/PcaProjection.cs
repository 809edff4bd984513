using System.Numerics;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Centers rows and multiplies them by the principal components.</summary>
internal sealed class PcaProjection : IProjection
{
    private const string Kind = "IRPC";
    private const int Block = 4;

    // A chunk of all components stays in the second-level cache while every row passes over it.
    private const int ChunkColumns = 1024;

    private readonly FeatureMatrix _mean;
    private readonly FeatureMatrix _components;
    private readonly FeatureMatrix _ratio;
    private readonly FeatureMatrix _padded;
    private readonly float[] _offset;

    /// <param name="mean">1 x d.</param>
    /// <param name="components">k x d, the factors of weighting included.</param>
    /// <param name="ratio">1 x k explained variance ratio.</param>
    public PcaProjection(FeatureMatrix mean, FeatureMatrix components, FeatureMatrix ratio)
    {
        (_mean, _components, _ratio) = (mean, components, ratio);
        _padded = Padded(components);
        var meanProjected = new FeatureMatrix(1, components.Rows);
        Multiply(mean, 0, meanProjected);
        _offset = meanProjected.Values.ToArray();
    }

    public string Name => $"pca({OutputDimensions})";

    public int InputDimensions => _components.Columns;

    public int OutputDimensions => _components.Rows;

    public ReadOnlyMemory<float> ExplainedVarianceRatio => _ratio.Values;

    public void Project(FeatureMatrix features, FeatureMatrix reduced)
    {
        ProjectionShapes.Check(this, features, reduced);
        Project(features, 0, reduced);
    }

    /// <summary>
    /// Projects the rows from <paramref name="start"/> on, as many as <paramref name="reduced"/> has. The caller has checked the lengths.
    /// </summary>
    public void Project(FeatureMatrix features, int start, FeatureMatrix reduced)
    {
        Multiply(features, start, reduced);
        for (var i = 0; i < reduced.Rows; i++)
        {
            var row = reduced[i];
            for (var j = 0; j < row.Length; j++)
                row[j] -= _offset[j];
        }
    }

    public void Save(Stream destination) => MatrixState.Write(destination, Kind, _mean, _components, _ratio);

    public static PcaProjection Load(Stream source)
    {
        if (MatrixState.Read(source, Kind, count: 3) is not [var mean, var components, var ratio])
            throw StateFrame.Damaged(Kind, "matrices are missing");
        if (mean.Rows != 1 || mean.Columns != components.Columns || components.Rows < 1
            || ratio.Rows != 1 || ratio.Columns != components.Rows)
            throw StateFrame.Damaged(Kind, "its matrices do not fit together");
        return new PcaProjection(mean, components, ratio);
    }

    private static FeatureMatrix Padded(FeatureMatrix components)
    {
        if (components.Rows % Block == 0)
            return components;
        var padded = new FeatureMatrix((components.Rows + Block - 1) / Block * Block, components.Columns);
        components.Values.CopyTo(padded.Values);
        return padded;
    }

    /// <summary>reduced = features x components transposed; lengths already checked.</summary>
    /// <remarks>Every value is summed in one order whatever the batch, so a row does not depend on the others.</remarks>
    private void Multiply(FeatureMatrix features, int start, FeatureMatrix reduced)
    {
        reduced.Values.Span.Clear();
        for (var column = 0; column < InputDimensions; column += ChunkColumns)
        {
            var length = Math.Min(ChunkColumns, InputDimensions - column);
            for (var i = 0; i < reduced.Rows; i += 2)
            {
                // An odd last row is paired with itself.
                var second = Math.Min(i + 1, reduced.Rows - 1);
                var a = features[start + i].Slice(column, length);
                var b = features[start + second].Slice(column, length);
                for (var j = 0; j < _padded.Rows; j += Block)
                {
                    var (forA, forB) = Dot(a, b, j, column);
                    Add(forA, reduced[i], j);
                    if (second != i)
                        Add(forB, reduced[second], j);
                }
            }
        }
    }

    private static void Add(Vector4 sums, Span<float> row, int start)
    {
        for (var i = 0; i < Block && start + i < row.Length; i++)
            row[start + i] += sums[i];
    }

    /// <summary>Dot products of two rows with four components.</summary>
    private (Vector4 A, Vector4 B) Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int component, int column)
    {
        var c0 = (ReadOnlySpan<float>)_padded[component].Slice(column, a.Length);
        var c1 = (ReadOnlySpan<float>)_padded[component + 1].Slice(column, a.Length);
        var c2 = (ReadOnlySpan<float>)_padded[component + 2].Slice(column, a.Length);
        var c3 = (ReadOnlySpan<float>)_padded[component + 3].Slice(column, a.Length);
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var va = new Vector<float>(a[i..]);
            var vb = new Vector<float>(b[i..]);
            var v0 = new Vector<float>(c0[i..]);
            var v1 = new Vector<float>(c1[i..]);
            var v2 = new Vector<float>(c2[i..]);
            var v3 = new Vector<float>(c3[i..]);
            a0 = Vector.FusedMultiplyAdd(va, v0, a0);
            a1 = Vector.FusedMultiplyAdd(va, v1, a1);
            a2 = Vector.FusedMultiplyAdd(va, v2, a2);
            a3 = Vector.FusedMultiplyAdd(va, v3, a3);
            b0 = Vector.FusedMultiplyAdd(vb, v0, b0);
            b1 = Vector.FusedMultiplyAdd(vb, v1, b1);
            b2 = Vector.FusedMultiplyAdd(vb, v2, b2);
            b3 = Vector.FusedMultiplyAdd(vb, v3, b3);
        }
        var sumA = new Vector4(Vector.Sum(a0), Vector.Sum(a1), Vector.Sum(a2), Vector.Sum(a3));
        var sumB = new Vector4(Vector.Sum(b0), Vector.Sum(b1), Vector.Sum(b2), Vector.Sum(b3));
        for (; i < a.Length; i++)
        {
            var components = new Vector4(c0[i], c1[i], c2[i], c3[i]);
            sumA += a[i] * components;
            sumB += b[i] * components;
        }
        return (sumA, sumB);
    }
}
