using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Learning;

/// <summary>Learns categories by kernel ridge regression with a Gaussian kernel: exp(-gamma |x - y|^2).</summary>
/// <remarks>
/// Least squares support vector machines (Suykens and Vandewalle, Neural Processing Letters 9, 1999), one against the rest. More than 4,096
/// rows are distributed over machines of equal size, every category in equal shares, whose scores are averaged (Zhang, Duchi and
/// Wainwright, "Divide and conquer kernel ridge regression", JMLR 16, 2015): time and memory then grow with the rows and not with their
/// square. A machine's matrix lies outside the managed heap and is freed with the machine.
/// </remarks>
internal sealed unsafe class KernelRidgeLearner : ICategoryLearner
{
    private const string KindName = "kernel-ridge";
    private const float LeastL2 = 1e-4f;
    private const float DefaultGamma = 0.5f;
    private const float DefaultL2 = 0.1f;

    // From simple to flexible. Embeddings are told apart by the first; few dimensions and many categories need narrow kernels.
    private static readonly (float Gamma, float L2)[] s_tried = [(0.5f, 0.3f), (0.5f, 0.1f), (2, 0.1f), (8, 0.1f), (32, 0.1f), (128, 0.1f)];
    private readonly float? _gamma;
    private readonly float? _l2;

    /// <summary>Chooses the classifier. What is left open is chosen by predictions of held-out rows.</summary>
    /// <param name="gamma">
    /// How fast the similarity of two rows falls with the square of their distance, more than 0; 2 is the largest distance of unit rows.
    /// Default (null): the best of 0.5 to 128.
    /// </param>
    /// <param name="l2">Penalty added to the kernel matrix's diagonal of ones, 0.0001 or more. Default (null): 0.3 or 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Gamma is not above 0, the penalty is below 0.0001, or one is not finite.</exception>
    public KernelRidgeLearner(float? gamma = null, float? l2 = null)
    {
        if (gamma is { } width && !(width > 0 && float.IsFinite(width)))
            throw new ArgumentOutOfRangeException(nameof(gamma), width, "Gamma is a finite number above 0.");
        if (l2 is { } penalty && !(penalty >= LeastL2 && float.IsFinite(penalty)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(l2), penalty, "The L2 penalty of kernel ridge regression is a finite number, 0.0001 or more.");
        }
        (_gamma, _l2) = (gamma, l2);
    }

    /// <summary>Rows per machine, at most.</summary>
    public int MostRows { get; init; } = 4096;

    /// <summary>
    /// Returns how many rows suffice to choose a candidate by cross-validation: so many that each fit is one full machine. More rows would
    /// give more machines, each of which still sees as many.
    /// </summary>
    public int RowsForChoice(int folds) => (int)((long)MostRows * folds / (folds - 1));

    public string Name => NameOf(_gamma, _l2);

    public IReadOnlyList<ICategoryLearner> Candidates =>
    [
        .. s_tried.Select(tried => (Gamma: _gamma ?? tried.Gamma, L2: _l2 ?? tried.L2)).Distinct()
            .Select(tried => new KernelRidgeLearner(tried.Gamma, tried.L2) { MostRows = MostRows }),
    ];

    /// <inheritdoc />
    /// <remarks>Without settings of its own it fits with gamma 0.5 and a penalty of 0.1.</remarks>
    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context)
    {
        var names = ClassifierShapes.Categories(unitRows, categories);
        var labels = categories.Select(name => Array.BinarySearch(names, name, StringComparer.Ordinal)).ToArray();
        var machines = (unitRows.Rows + MostRows - 1) / MostRows;
        var coefficients = new FeatureMatrix(names.Length, unitRows.Rows);
        foreach (var part in Deal(labels, machines))
            FitMachine(unitRows.Select(part), part, labels, coefficients, machines, context.CancellationToken);
        var kept = unitRows.Select([.. Enumerable.Range(0, unitRows.Rows)]);
        return new KernelClassifier(names, kept, coefficients, _gamma ?? DefaultGamma, _l2 ?? DefaultL2);
    }

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories) => KernelClassifier.Load(source, categories);

    public static string NameOf(float? gamma, float? l2)
    {
        string[] settings = [.. Text("gamma", gamma), .. Text("l2", l2)];
        return settings.Length == 0 ? KindName : $"{KindName}({string.Join(", ", settings)})";

        static IEnumerable<string> Text(string name, float? value) => value is { } number ? [Invariant($"{name} {number}")] : [];
    }

    /// <summary>Deals rows to machines like cards, in the order of their categories.</summary>
    private static IEnumerable<int[]> Deal(int[] labels, int machines)
    {
        var ordered = Enumerable.Range(0, labels.Length).OrderBy(row => labels[row]).ToArray();
        for (var machine = 0; machine < machines; machine++)
            yield return [.. ordered.Where((_, position) => position % machines == machine).Order()];
    }

    private void FitMachine(
        FeatureMatrix rows, int[] part, int[] labels, FeatureMatrix coefficients, int machines, CancellationToken cancellationToken)
    {
        using var kernel = new NativeBuffer<float>((long)part.Length * part.Length);
        Fill(kernel, rows, cancellationToken);
        Cholesky.Factor(kernel.Pointer, part.Length, cancellationToken);
        var solution = new FeatureMatrix(part.Length, coefficients.Rows);
        solution.Values.Span.Fill(-1f / coefficients.Rows);
        for (var i = 0; i < part.Length; i++)
            solution[i][labels[part[i]]] += 1;
        Cholesky.Solve(kernel.Pointer, solution);
        for (var i = 0; i < part.Length; i++)
            for (var category = 0; category < coefficients.Rows; category++)
                coefficients[category][part[i]] = solution[i][category] / machines;
    }

    /// <summary>Writes the kernel matrix with the penalty on its diagonal: n x n, what is above the diagonal only in part.</summary>
    private void Fill(NativeBuffer<float> kernel, FeatureMatrix rows, CancellationToken cancellationToken)
    {
        var count = rows.Rows;
        fixed (float* values = rows.Values.Span)
        {
            for (var first = 0; first < count; first += ProductKernel.PanelWidth)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var width = Math.Min(ProductKernel.PanelWidth, count - first);
                var from = values + ((long)first * rows.Columns);
                var to = kernel.Pointer + ((long)first * count) + first;
                BlockProducts.Add(from, rows.Columns, count - first, from, rows.Columns, width, rows.Columns, 1, to, count);
            }
        }
        for (var i = 0; i < count; i++)
        {
            KernelClassifier.Kernel(kernel.Slice((long)i * count, i + 1), _gamma ?? DefaultGamma);
            kernel.Pointer[((long)i * count) + i] += _l2 ?? DefaultL2;
        }
    }
}
