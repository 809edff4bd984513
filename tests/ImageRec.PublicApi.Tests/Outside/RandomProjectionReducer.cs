using System.Numerics.Tensors;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>Multiplies rows by a random matrix; learns nothing but their length.</summary>
internal sealed class RandomProjectionReducer(int dimensions) : IReducer
{
    public string Name => $"random({dimensions})";

    public IProjection Fit(FeatureMatrix features, FitContext context) => new RandomProjection(features.Columns, dimensions, context.Seed);

    public IProjection Load(Stream source)
    {
        try
        {
            using var reader = new BinaryReader(source, System.Text.Encoding.UTF8, leaveOpen: true);
            if (reader.ReadUInt32() != RandomProjection.Magic)
                throw new InvalidDataException("This is no random projection.");
            return new RandomProjection(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The random projection ends too early.", e);
        }
    }

    private sealed class RandomProjection : IProjection
    {
        public const uint Magic = 0xA11CE5;
        private readonly int _seed;
        private readonly FeatureMatrix _directions;

        public RandomProjection(int from, int to, int seed)
        {
            _seed = seed;
            _directions = new FeatureMatrix(to, from);
            var random = new Random(seed);
            foreach (ref var value in _directions.Values.Span)
                value = random.Next(2) == 0 ? -1 : 1;
        }

        public string Name => $"random({OutputDimensions})";

        public int InputDimensions => _directions.Columns;

        public int OutputDimensions => _directions.Rows;

        public ReadOnlyMemory<float> ExplainedVarianceRatio => default;

        public void Project(FeatureMatrix features, FeatureMatrix reduced)
        {
            if (features.Columns != InputDimensions)
                throw new ArgumentException($"{features.Columns} dimensions per row, not {InputDimensions}.", nameof(features));
            if (reduced.Rows != features.Rows || reduced.Columns != OutputDimensions)
                throw new ArgumentException(
                    $"{reduced.Rows} x {reduced.Columns}, not {features.Rows} x {OutputDimensions}.", nameof(reduced));
            for (var i = 0; i < features.Rows; i++)
            {
                for (var j = 0; j < OutputDimensions; j++)
                    reduced[i][j] = TensorPrimitives.Dot<float>(features[i], _directions[j]);
            }
        }

        public void Save(Stream destination)
        {
            using var writer = new BinaryWriter(destination, System.Text.Encoding.UTF8, leaveOpen: true);
            writer.Write(Magic);
            writer.Write(InputDimensions);
            writer.Write(OutputDimensions);
            writer.Write(_seed);
        }
    }
}
