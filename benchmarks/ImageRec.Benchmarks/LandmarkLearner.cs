using System.Numerics.Tensors;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks;

/// <summary>
/// Kernel ridge regression on a few rows as landmarks (Williams and Seeger, "Using the Nyström method to speed up kernel machines", NIPS
/// 2000), in double precision: what the library's learner is compared with.
/// </summary>
internal sealed class LandmarkLearner(int landmarks, float? gamma = null, float? l2 = null) : ICategoryLearner
{
    private const double Jitter = 1e-6;

    public string Name => KernelRidgeLearner.NameOf(gamma, l2);

    public IReadOnlyList<ICategoryLearner> Candidates => gamma is not null
        ? [this]
        : [.. ((KernelRidgeLearner)new()).Candidates.Select(c => c.Name.Split([' ', ',', ')']))
            .Select(name => new LandmarkLearner(landmarks, Number(name[1]), Number(name[4])))];

    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context)
    {
        string[] names = [.. categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var (width, penalty, n) = (gamma ?? 0.5f, l2 ?? 0.1f, unitRows.Rows);
        var order = Enumerable.Range(0, n).ToArray();
        new Random(context.Seed).Shuffle(order);
        var chosen = unitRows.Select(order.AsSpan(0, Math.Min(landmarks, n)));
        var m = chosen.Rows;
        var kernel = Matrix(m, m, (i, j) => Kernel(chosen[i], chosen[j], width) + (i == j ? Jitter : 0));
        Factor(kernel);
        // The rows as the landmarks see them: m x n, whitened.
        var seen = Matrix(m, n, (i, j) => Kernel(chosen[i], unitRows[j], width));
        Forward(kernel, seen);
        var gram = Matrix(m, m, (i, j) => TensorPrimitives.Dot<double>(seen[i], seen[j]) + (i == j ? penalty : 0));
        var labels = categories.Select(name => Array.BinarySearch(names, name, StringComparer.Ordinal)).ToArray();
        var share = 1.0 / names.Length;
        var sides = Matrix(m, names.Length, (i, c) =>
        {
            double sum = 0;
            for (var j = 0; j < n; j++)
                sum += seen[i][j] * ((labels[j] == c ? 1 : 0) - share);
            return sum;
        });
        Factor(gram);
        Forward(gram, sides);
        Backward(gram, sides);
        Backward(kernel, sides);
        var coefficients = new FeatureMatrix(names.Length, m);
        for (var c = 0; c < names.Length; c++)
            for (var i = 0; i < m; i++)
                coefficients[c][i] = (float)sides[i][c];
        return new KernelClassifier(names, chosen, coefficients, width, penalty);
    }

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories) => KernelClassifier.Load(source, categories);

    private static float Number(string text) => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static double Kernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float width) =>
        Math.Exp(-2 * width * (1 - (double)TensorPrimitives.Dot(a, b)));

    private static double[][] Matrix(int rows, int columns, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => value(i, j)).ToArray())];

    private static void Factor(double[][] matrix)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var left = matrix[i][j] - TensorPrimitives.Dot<double>(matrix[i].AsSpan(0, j), matrix[j].AsSpan(0, j));
                matrix[i][j] = i == j ? Math.Sqrt(Math.Max(left, 1e-12)) : left / matrix[j][j];
            }
        }
    }

    private static void Forward(double[][] factor, double[][] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(values[j], -factor[i][j], values[i], values[i]);
            TensorPrimitives.Divide(values[i], factor[i][i], values[i]);
        }
    }

    private static void Backward(double[][] factor, double[][] values)
    {
        for (var i = values.Length - 1; i >= 0; i--)
        {
            TensorPrimitives.Divide(values[i], factor[i][i], values[i]);
            for (var j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(values[i], -factor[i][j], values[j], values[j]);
        }
    }
}
