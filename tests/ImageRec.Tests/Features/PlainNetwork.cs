namespace ImageRec.Tests.Features;

/// <summary>The layers of a network as their papers define them, one loop each, in double precision.</summary>
internal static class PlainNetwork
{
    /// <summary>Computes every layer.</summary>
    /// <param name="network">The layers and their weights.</param>
    /// <param name="pixels">channels x rows x columns.</param>
    /// <param name="last">The last layer to compute.</param>
    /// <returns>By the layer's name: channels x rows x columns, or units.</returns>
    public static Dictionary<string, double[]> Run(PublishedNetwork network, double[] pixels, string? last = null)
    {
        Dictionary<string, double[]> computed = [];
        var values = pixels;
        foreach (var shape in network.Shapes())
        {
            values = shape.Layer.Kind switch
            {
                LayerKind.Convolution => Positive(Convolve(shape, values)),
                LayerKind.Normalization => Normalize(shape, values),
                LayerKind.Pooling => Pool(shape, values),
                LayerKind.Connected => Positive(Connect(shape, values)),
                LayerKind.Scores => Connect(shape, values),
                _ => Softmax(values),
            };
            computed.Add(shape.Layer.Name, values);
            if (shape.Layer.Name == last)
                break;
        }
        return computed;
    }

    private static double[] Convolve(LayerShape shape, double[] input)
    {
        var (layer, side, kernel) = (shape.Layer, shape.OutputSide, shape.Layer.Kernel);
        var output = new double[layer.Units * side * side];
        var (inGroup, outGroup) = (shape.Channels / layer.Groups, layer.Units / layer.Groups);
        var (weights, biases) = (Take(shape.Weights(), shape.Fan * layer.Units), Take(shape.Biases(), layer.Units));
        Parallel.For(0, layer.Units, unit =>
        {
            var firstChannel = unit / outGroup * inGroup;
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    double sum = biases[unit];
                    for (var channel = 0; channel < inGroup; channel++)
                    {
                        for (var i = 0; i < kernel; i++)
                        {
                            for (var j = 0; j < kernel; j++)
                            {
                                var (row, column) = ((y * layer.Stride) + i - layer.Padding, (x * layer.Stride) + j - layer.Padding);
                                if (row < 0 || row >= shape.Side || column < 0 || column >= shape.Side)
                                    continue;
                                sum += weights[((((unit * inGroup) + channel) * kernel) + i) * kernel + j]
                                    * input[((((firstChannel + channel) * shape.Side) + row) * shape.Side) + column];
                            }
                        }
                    }
                    output[(((unit * side) + y) * side) + x] = sum;
                }
            }
        });
        return output;
    }

    /// <summary>Divides by (1 + alpha / 5 x the sum of squares of 5 neighboring channels) ^ beta, as Caffe does.</summary>
    private static double[] Normalize(LayerShape shape, double[] input)
    {
        var output = new double[input.Length];
        var positions = shape.Side * shape.Side;
        const int reach = LayerShape.Neighbors / 2;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var position = 0; position < positions; position++)
            {
                var squares = 0.0;
                for (var other = Math.Max(0, channel - reach); other <= Math.Min(shape.Channels - 1, channel + reach); other++)
                    squares += Math.Pow(input[(other * positions) + position], 2);
                output[(channel * positions) + position] = input[(channel * positions) + position]
                    / Math.Pow(1 + (LayerShape.Alpha / LayerShape.Neighbors * squares), LayerShape.Beta);
            }
        }
        return output;
    }

    private static double[] Pool(LayerShape shape, double[] input)
    {
        var (layer, side) = (shape.Layer, shape.OutputSide);
        var output = new double[shape.Channels * side * side];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    var most = double.NegativeInfinity;
                    for (var row = y * layer.Stride; row < (y * layer.Stride) + layer.Kernel; row++)
                    {
                        for (var column = x * layer.Stride; column < (x * layer.Stride) + layer.Kernel; column++)
                            most = Math.Max(most, input[(((channel * shape.Side) + row) * shape.Side) + column]);
                    }
                    output[(((channel * side) + y) * side) + x] = most;
                }
            }
        }
        return output;
    }

    private static double[] Connect(LayerShape shape, double[] input)
    {
        var (next, biases) = (shape.Weights(), Take(shape.Biases(), shape.Units));
        var output = new double[shape.Units];
        for (var unit = 0; unit < output.Length; unit++)
        {
            double sum = biases[unit];
            foreach (var value in input)
                sum += next() * value;
            output[unit] = sum;
        }
        return output;
    }

    private static double[] Softmax(double[] scores)
    {
        var most = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - most));
        return [.. scores.Select(score => Math.Exp(score - most) / sum)];
    }

    private static double[] Positive(double[] values) => [.. values.Select(value => Math.Max(0, value))];

    private static float[] Take(Func<float> next, int count) => [.. Enumerable.Range(0, count).Select(_ => next())];
}
