namespace ImageRec;

/// <summary>The library's own ways to learn categories.</summary>
public enum CategoryTrainer
{
    /// <summary>Multinomial logistic regression; the most accurate on network features, and the default.</summary>
    MaximumEntropy,

    /// <summary>A random forest of 100 trees a category, as Ullah et al. recommend products with.</summary>
    RandomForest,
}
