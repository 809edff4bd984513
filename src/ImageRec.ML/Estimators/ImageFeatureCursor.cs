using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Estimators;

/// <summary>Passes the input's columns on, beside the embeddings read ahead.</summary>
/// <param name="schema">The input's columns and one more.</param>
/// <param name="passed">Cursor over the input's columns that are needed.</param>
/// <param name="ahead">The embeddings; null when they are not needed.</param>
internal sealed class ImageFeatureCursor(DataViewSchema schema, DataViewRowCursor passed, FeatureLookAhead? ahead) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema;

    public override long Position => passed.Position;

    public override long Batch => passed.Batch;

    private int FeatureColumn => schema.Count - 1;

    public override bool MoveNext()
    {
        if (!passed.MoveNext())
            return false;
        ahead?.MoveNext();
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index == FeatureColumn ? ahead is not null : passed.IsColumnActive(passed.Schema[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => passed.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index != FeatureColumn)
            return passed.GetGetter<TValue>(passed.Schema[column.Index]);
        if (ahead is null)
            throw new InvalidOperationException($"Column {column.Name} was not among the columns asked for.");
        return FeatureGetter.As<TValue>(column, () => ahead.Features);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ahead?.Dispose();
            passed.Dispose();
        }
        base.Dispose(disposing);
    }
}
