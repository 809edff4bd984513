using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Fitting;
using ImageRec.ML.Columns;
using ImageRec.ML.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Clustering;

/// <summary>Assigns rows by a fitted ML.NET transformer. Centroids are the means of the sample's groups.</summary>
internal sealed class MLNetClustering : IBatchClustering
{
    private const string Kind = "IRMC";
    private readonly ITransformer _model;
    private readonly DataViewSchema _input;
    private readonly string _inputColumn;
    private readonly LabelColumn _labels;

    /// <summary>Uses a fitted transformer.</summary>
    /// <exception cref="ArgumentException">A column is missing or holds something else, or the centroids are of other sizes.</exception>
    public MLNetClustering(
        string name, ITransformer model, DataViewSchema input, string inputColumn, string labelColumn, FeatureMatrix? centroids)
    {
        Name = name;
        (_model, _input, _inputColumn) = (model, input, inputColumn);
        _labels = new LabelColumn(model.GetOutputSchema(input), labelColumn);
        var dimensions = new VectorColumn(input, inputColumn).Dimensions;
        Centroids = centroids ?? new FeatureMatrix(_labels.Count, dimensions);
        if (Centroids.Rows != _labels.Count || Centroids.Columns != dimensions)
        {
            throw new ArgumentException(
                $"{Centroids.Rows} centroids of {Centroids.Columns} dimensions for {_labels.Count} labels of rows of {dimensions}.",
                nameof(centroids));
        }
    }

    public string Name { get; }

    public int ClusterCount => _labels.Count;

    public FeatureMatrix Centroids { get; }

    /// <summary>Uses a fitted transformer, with the means of a sample's groups as centroids.</summary>
    public static MLNetClustering Of(
        string name, ITransformer model, DataViewSchema input, string inputColumn, string labelColumn, FeatureMatrix sample)
    {
        var clustering = new MLNetClustering(name, model, input, inputColumn, labelColumn, centroids: null);
        var members = new int[clustering.ClusterCount];
        var labels = clustering.AssignAll(sample);
        for (var i = 0; i < sample.Rows; i++)
        {
            var centroid = clustering.Centroids[labels[i]];
            TensorPrimitives.Add(centroid, sample[i], centroid);
            members[labels[i]]++;
        }
        for (var i = 0; i < members.Length; i++)
            TensorPrimitives.Divide(clustering.Centroids[i], Math.Max(1, members[i]), clustering.Centroids[i]);
        return clustering;
    }

    public int Assign(ReadOnlySpan<float> row)
    {
        if (row.Length != Centroids.Columns)
        {
            throw new ArgumentException(
                $"The row has {row.Length} dimensions; {Name} was fitted on rows of {Centroids.Columns}.", nameof(row));
        }
        return AssignAll(FeatureMatrix.Wrap(row.ToArray(), row.Length))[0];
    }

    public int[] AssignAll(FeatureMatrix rows) => _labels.Read(_model.Transform(new MatrixDataView(rows, _inputColumn)), rows.Rows);

    public void Save(Stream destination)
    {
        MatrixState.Write(destination, Kind, Centroids);
        MLNetState.Save(destination, _model, _input);
    }

    /// <summary>Reads the first part of what <see cref="Save"/> wrote.</summary>
    public static FeatureMatrix LoadCentroids(Stream source) => MatrixState.Read(source, Kind, count: 1)[0];
}
