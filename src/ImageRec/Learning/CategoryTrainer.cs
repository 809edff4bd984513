namespace ImageRec;

/// <summary>Names the library's own ways to learn categories.</summary>
public enum CategoryTrainer
{
    /// <summary>Kernel ridge regression with a Gaussian kernel: the most accurate on embeddings, and the default.</summary>
    KernelRidge,

    /// <summary>
    /// Multinomial logistic regression, fitted by ML.NET: nearly as accurate, and small and fast whatever the number of rows.
    /// </summary>
    MaximumEntropy,
}
