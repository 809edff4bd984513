using System.Numerics.Tensors;

namespace ImageRec.Features;

/// <summary>Describes how the output of a network for one image becomes an embedding.</summary>
/// <param name="Pooling">What is done over positions.</param>
/// <param name="Channels">Values at a position.</param>
/// <param name="Positions">Positions of a channel.</param>
/// <param name="ChannelsLast">Positions x channels instead of channels x positions.</param>
internal readonly record struct RowShape(RowPooling Pooling, int Channels, int Positions, bool ChannelsLast)
{
    private const int Quarters = 4;

    /// <summary>Columns of positions; 0 where they are not laid out in rows.</summary>
    public int Columns { get; init; }

    /// <summary>Dimensions per embedding.</summary>
    public int Dimensions => Pooling switch
    {
        RowPooling.Flatten => Channels * Positions,
        RowPooling.Quarters => Channels * Quarters,
        _ => Channels,
    };

    /// <summary>Reads the shape of a tensor: images x channels, images x positions x channels, or images x a map of channels.</summary>
    /// <exception cref="OnnxModelException">The tensor has no positions to pool over.</exception>
    public static RowShape Of(OnnxModel model, OnnxNetwork network)
    {
        var shape = network.OutputShape;
        if (model.Pooling == RowPooling.Flatten)
            return new(model.Pooling, network.OutputLength, 1, false);
        if (shape.Length is not (3 or 4))
        {
            throw new OnnxModelException(
                $"'{network.OutputName}' of {model.Name} is [{string.Join(',', shape)}]: "
                + $"it has no positions to take the {model.Pooling} of. Use {nameof(RowPooling)}.{nameof(RowPooling.Flatten)}.");
        }
        var channelsLast = shape.Length == 3 || model.Layout == TensorLayout.Nhwc;
        var channels = checked((int)(channelsLast ? shape[^1] : shape[1]));
        if (model.Pooling == RowPooling.Quarters && shape.Length != 4)
        {
            throw new OnnxModelException(
                $"'{network.OutputName}' of {model.Name} is [{string.Join(',', shape)}]: its positions have no rows and columns to take "
                + $"quarters of. Use {nameof(RowPooling)}.{nameof(RowPooling.Average)}.");
        }
        return new(model.Pooling, channels, network.OutputLength / channels, channelsLast)
        {
            Columns = shape.Length != 4 ? 0 : checked((int)(channelsLast ? shape[2] : shape[3])),
        };
    }

    /// <summary>Writes the embedding.</summary>
    /// <param name="output">Channels x Positions values, in the tensor's order.</param>
    /// <param name="row"><see cref="Dimensions"/> values, overwritten.</param>
    public void Write(ReadOnlySpan<float> output, Span<float> row)
    {
        if (Pooling == RowPooling.Flatten)
            output.CopyTo(row);
        else if (Pooling == RowPooling.Quarters)
            PoolQuarters(output, row);
        else if (ChannelsLast)
            PoolRows(output, row);
        else
            PoolColumns(output, row);
    }

    private void PoolColumns(ReadOnlySpan<float> output, Span<float> row)
    {
        for (var c = 0; c < Channels; c++)
        {
            var channel = output.Slice(c * Positions, Positions);
            row[c] = Pooling == RowPooling.Maximum ? TensorPrimitives.Max(channel) : TensorPrimitives.Sum(channel) / Positions;
        }
    }

    /// <summary>Writes the four averages of the first channel, then those of the second, and so on.</summary>
    private void PoolQuarters(ReadOnlySpan<float> output, Span<float> row)
    {
        var (lines, step) = (Positions / Columns, ChannelsLast ? Channels : 1);
        for (var c = 0; c < Channels; c++)
        {
            var start = ChannelsLast ? c : c * Positions;
            for (var quarter = 0; quarter < Quarters; quarter++)
            {
                var (top, bottom) = Half(quarter / 2, lines);
                var (left, right) = Half(quarter % 2, Columns);
                var sum = 0f;
                for (var y = top; y < bottom; y++)
                {
                    for (var x = left; x < right; x++)
                        sum += output[start + (y * Columns + x) * step];
                }
                row[c * Quarters + quarter] = sum / ((bottom - top) * (right - left));
            }
        }

        static (int From, int To) Half(int half, int length) => (half * length / 2, ((half + 1) * length + 1) / 2);
    }

    private void PoolRows(ReadOnlySpan<float> output, Span<float> row)
    {
        output[..Channels].CopyTo(row);
        for (var p = 1; p < Positions; p++)
        {
            var position = output.Slice(p * Channels, Channels);
            if (Pooling == RowPooling.Maximum)
                TensorPrimitives.Max(row, position, row);
            else
                TensorPrimitives.Add(row, position, row);
        }
        if (Pooling == RowPooling.Average)
            TensorPrimitives.Divide(row, Positions, row);
    }
}
