using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Estimators;

/// <summary>Hands embeddings to ML.NET.</summary>
internal static class FeatureGetter
{
    public delegate ReadOnlySpan<float> Source();

    /// <summary>Makes a getter of a column.</summary>
    /// <exception cref="InvalidOperationException">Another type than a vector of Single was asked for.</exception>
    public static ValueGetter<TValue> As<TValue>(DataViewSchema.Column column, Source features)
    {
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> vector) =>
        {
            var row = features();
            var editor = VBufferEditor.Create(ref vector, row.Length);
            row.CopyTo(editor.Values);
            vector = editor.Commit();
        };
        return (Delegate)getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue).Name}.");
    }
}
