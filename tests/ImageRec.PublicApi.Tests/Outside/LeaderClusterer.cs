using System.Numerics.Tensors;
using System.Text.Json;
using ImageRec.Clustering;
using ImageRec.Vectors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>A row less similar than a threshold to every leader so far becomes a leader (Hartigan's leader algorithm).</summary>
internal sealed class LeaderClusterer(float similarity) : IClusterer
{
    public string Name => $"leader({similarity})";

    public IClustering Fit(FeatureMatrix unitRows, FitContext context)
    {
        var leaders = new List<float[]>();
        for (var i = 0; i < unitRows.Rows; i++)
        {
            var row = unitRows[i].ToArray();
            if (leaders.All(leader => TensorPrimitives.Dot<float>(leader, row) < similarity))
                leaders.Add(row);
        }
        if (leaders.Count == 0)
            leaders.Add(new float[unitRows.Columns]);
        return new Leaders([.. leaders]);
    }

    public IClustering Load(Stream source)
    {
        try
        {
            // The state is one line, so that reading stops where it ends.
            var line = new List<byte>();
            for (var value = source.ReadByte(); value != '\n'; value = source.ReadByte())
                line.Add(value < 0 ? throw new InvalidDataException("The leaders end too early.") : (byte)value);
            return JsonSerializer.Deserialize<float[][]>(line.ToArray()) is { Length: > 0 } leaders
                ? new Leaders(leaders)
                : throw new InvalidDataException("There are no leaders.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("These are no leaders.", e);
        }
    }

    private sealed class Leaders(float[][] leaders) : IClustering
    {
        public string Name => $"leader({leaders.Length})";

        public int ClusterCount => leaders.Length;

        public FeatureMatrix Centroids { get; } = FeatureMatrix.Wrap([.. leaders.SelectMany(leader => leader)], leaders[0].Length);

        public int Assign(ReadOnlySpan<float> row)
        {
            if (row.Length != leaders[0].Length)
                throw new ArgumentException($"{row.Length} dimensions, not {leaders[0].Length}.", nameof(row));
            var best = 0;
            for (var i = 1; i < leaders.Length; i++)
            {
                if (TensorPrimitives.Dot(row, leaders[i]) > TensorPrimitives.Dot(row, leaders[best]))
                    best = i;
            }
            return best;
        }

        public void Save(Stream destination)
        {
            destination.Write(JsonSerializer.SerializeToUtf8Bytes(leaders));
            destination.WriteByte((byte)'\n');
        }
    }
}
