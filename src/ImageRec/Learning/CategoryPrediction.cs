namespace ImageRec;

/// <summary>Names a category that an image may be of, with its probability.</summary>
public readonly struct CategoryPrediction
{
    /// <summary>Creates a prediction.</summary>
    /// <param name="category">Name of the category.</param>
    /// <param name="probability">0 to 1.</param>
    public CategoryPrediction(string category, float probability) => (Category, Probability) = (category, probability);

    /// <summary>Gets the name of the category.</summary>
    public string Category { get; }

    /// <summary>
    /// Gets the calibrated probability, 0 to 1: of the images predicted with 0.8, about 8 in 10 are of the category. All categories of an
    /// image add up to 1.
    /// </summary>
    public float Probability { get; }

    /// <summary>Takes the prediction apart, as in <c>var (category, probability) = prediction</c>.</summary>
    /// <param name="category">Receives the name of the category.</param>
    /// <param name="probability">Receives the probability.</param>
    public void Deconstruct(out string category, out float probability) => (category, probability) = (Category, Probability);
}
