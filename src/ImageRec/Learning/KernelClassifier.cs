using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Predicts by kernel values with the rows it was fitted on, and a softmax over them.</summary>
/// <param name="categories">k names in ordinal order.</param>
/// <param name="rows">n x d unit rows.</param>
/// <param name="coefficients">k x n.</param>
/// <param name="gamma">Of the kernel.</param>
/// <param name="l2">The penalty it was fitted with.</param>
internal sealed unsafe class KernelClassifier(
    IReadOnlyList<string> categories, FeatureMatrix rows, FeatureMatrix coefficients, float gamma, float l2) : ICategoryClassifier
{
    private const string Kind = "IRKC";

    // Scores aim at 1 for the category and 0 for the others; a softmax of 8 times that is about as certain as it should be.
    private const float Sharpness = 8;
    private const int BlockRows = 256;

    public string Name => KernelRidgeLearner.NameOf(gamma, l2);

    public int Dimensions => rows.Columns;

    public IReadOnlyList<string> Categories => categories;

    public void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ClassifierShapes.Check(this, unitRows, probabilities);
        if (unitRows.Rows == 1)
            Predict(unitRows[0], probabilities[0], new float[rows.Rows]);
        else
        {
            Parallel.For(
                0, unitRows.Rows, () => new float[rows.Rows], (i, _, kernel) => Predict(unitRows[i], probabilities[i], kernel), _ => { });
        }
    }

    /// <summary>
    /// Predicts many rows by products of matrices: several times faster than <see cref="Predict(FeatureMatrix, FeatureMatrix)"/>, and equal
    /// to it but for rounding. For figures; a row that is kept must not depend on the rows predicted beside it.
    /// </summary>
    /// <inheritdoc cref="Predict(FeatureMatrix, FeatureMatrix)" />
    public void PredictMany(FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ClassifierShapes.Check(this, unitRows, probabilities);
        var blocks = (unitRows.Rows + BlockRows - 1) / BlockRows;
        Parallel.For(0, blocks, block =>
        {
            var first = block * BlockRows;
            var last = Math.Min(unitRows.Rows, first + BlockRows);
            PredictBlock(unitRows, first, last - first, probabilities);
            for (var i = first; i < last; i++)
            {
                TensorPrimitives.Multiply(probabilities[i], Sharpness, probabilities[i]);
                Softmax.Apply(probabilities[i]);
            }
        });
    }

    /// <summary>Replaces products x.y of unit rows by exp(-gamma |x - y|^2), which is 1 for equal rows.</summary>
    public static void Kernel(Span<float> products, float gamma)
    {
        TensorPrimitives.Subtract(products, 1, products);
        TensorPrimitives.Multiply(products, 2 * gamma, products);
        TensorPrimitives.Exp<float>(products, products);
    }

    public void Save(Stream destination) => MatrixState.Write(destination, Kind, rows, coefficients, FeatureMatrix.Wrap([gamma, l2], 2));

    public static KernelClassifier Load(Stream source, IReadOnlyList<string> categories)
    {
        if (MatrixState.Read(source, Kind, count: 3) is not [var rows, var coefficients, { Rows: 1, Columns: 2 } settings]
            || coefficients.Rows != categories.Count || coefficients.Columns != rows.Rows)
        {
            throw StateFrame.Damaged(Kind, $"its matrices do not fit {categories.Count} categories");
        }
        return new KernelClassifier(categories, rows, coefficients, settings[0][0], settings[0][1]);
    }

    private void PredictBlock(FeatureMatrix unitRows, int first, int count, FeatureMatrix scores)
    {
        const int width = ProductKernel.PanelWidth;
        using var kernel = new NativeBuffer<float>(count * width);
        fixed (float* asked = unitRows[first], known = rows.Values.Span, weights = coefficients.Values.Span, sums = scores[first])
        {
            new Span<float>(sums, count * scores.Columns).Clear();
            for (var start = 0; start < rows.Rows; start += width)
            {
                var part = Math.Min(width, rows.Rows - start);
                var values = kernel.Slice(0, count * width);
                values.Clear();
                BlockProducts.Add(
                    asked, Dimensions, count, known + ((long)start * Dimensions), Dimensions, part, Dimensions, 1, kernel.Pointer, width);
                Kernel(values, gamma);
                for (var category = 0; category < scores.Columns; category += width)
                {
                    BlockProducts.Add(
                        kernel.Pointer, width, count, weights + ((long)category * rows.Rows) + start, rows.Rows,
                        Math.Min(width, scores.Columns - category), part, 1, sums + category, scores.Columns);
                }
            }
        }
    }

    private float[] Predict(ReadOnlySpan<float> row, Span<float> probabilities, float[] kernel)
    {
        for (var i = 0; i < kernel.Length; i++)
            kernel[i] = TensorPrimitives.Dot(row, rows[i]);
        Kernel(kernel, gamma);
        for (var c = 0; c < probabilities.Length; c++)
            probabilities[c] = Sharpness * TensorPrimitives.Dot<float>(kernel, coefficients[c]);
        Softmax.Apply(probabilities);
        return kernel;
    }
}
