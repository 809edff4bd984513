using ImageRec.ML.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Estimators;

/// <summary>Computes embeddings of one row at a time, which is how a PredictionEngine asks.</summary>
internal sealed class ImageFeatureRowMapper : IRowToRowMapper
{
    private readonly ImageFeatureTransformer _transformer;
    private readonly DataViewSchema.Column _pictures;

    public ImageFeatureRowMapper(ImageFeatureTransformer transformer, DataViewSchema input)
    {
        _transformer = transformer;
        _pictures = PictureColumn.Find(input, transformer.InputColumn);
        InputSchema = input;
        OutputSchema = transformer.GetOutputSchema(input);
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.Select(column => column.Index).ToHashSet();
        if (needed.Contains(InputSchema.Count))
            needed.Add(_pictures.Index);
        return InputSchema.Where(column => needed.Contains(column.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = activeColumns.Any(column => column.Index == InputSchema.Count);
        return new Row(this, input, active ? PictureColumn.Reader(input, _pictures) : null);
    }

    private sealed class Row(ImageFeatureRowMapper mapper, DataViewRow input, Func<ImageSource?>? picture) : DataViewRow
    {
        private readonly float[] _features = new float[mapper._transformer.Extractor.Dimensions];
        private long _computed = -1;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index == mapper.InputSchema.Count ? picture is not null : input.IsColumnActive(input.Schema[column.Index]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index != mapper.InputSchema.Count)
                return input.GetGetter<TValue>(input.Schema[column.Index]);
            if (picture is null)
                throw new InvalidOperationException($"Column {column.Name} was not among the columns asked for.");
            return FeatureGetter.As<TValue>(column, () => Features(picture));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }

        private ReadOnlySpan<float> Features(Func<ImageSource?> read)
        {
            if (_computed != input.Position)
            {
                FeatureLookAhead.Extract(mapper._transformer.Extractor, [read()], _features);
                _computed = input.Position;
            }
            return _features;
        }
    }
}
