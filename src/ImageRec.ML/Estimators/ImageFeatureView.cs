using ImageRec.ML.Columns;
using Microsoft.ML;

namespace ImageRec.ML.Estimators;

/// <summary>Shows a data view with the embeddings of its images, computed when rows are read.</summary>
internal sealed class ImageFeatureView : IDataView
{
    private readonly ImageFeatureTransformer _transformer;
    private readonly IDataView _input;

    public ImageFeatureView(ImageFeatureTransformer transformer, IDataView input)
    {
        (_transformer, _input) = (transformer, input);
        Schema = transformer.GetOutputSchema(input.Schema);
    }

    // Rows are read ahead by a second cursor, which has to see them in the same order.
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.Select(column => column.Index).ToHashSet();
        var passed = _input.GetRowCursor(_input.Schema.Where(column => needed.Contains(column.Index)));
        var ahead = needed.Contains(_input.Schema.Count)
            ? new FeatureLookAhead(_transformer.Extractor, _input, PictureColumn.Find(_input.Schema, _transformer.InputColumn))
            : null;
        return new ImageFeatureCursor(Schema, passed, ahead);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
