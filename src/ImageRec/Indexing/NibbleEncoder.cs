using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Writes rows as four bits per dimension, with a scale and the exact length of what the code leaves out.</summary>
/// <remarks>
/// A row is center + scale * weight[j] * (code[j] - 7.5) + rest. By Cauchy-Schwarz a query's product with the rest is at most |query|
/// |rest|, which makes the bound certain; that it is usually far smaller (as in RaBitQ, Gao and Long, SIGMOD 2024) makes the estimate good.
/// One encoder serves one thread.
/// </remarks>
internal sealed unsafe class NibbleEncoder(float[] weights, int dimensions)
{
    /// <summary>Steps tried, as shares of the row's mean size per dimension; 0.335 is best for a normal distribution (Max 1960).</summary>
    private static readonly float[] Steps = [0.29f, 0.335f, 0.38f, 0.43f];

    private readonly float[] _rest = new float[dimensions];
    private readonly float[] _scaled = new float[dimensions];
    private sbyte[] _code = new sbyte[dimensions];
    private sbyte[] _best = new sbyte[dimensions];

    /// <summary>Length of the last row's difference from its center.</summary>
    public double Norm { get; private set; }

    /// <summary>Length of the last row's code, each dimension counted from 7.5.</summary>
    public double CodeNorm { get; private set; }

    /// <summary>Encodes one row into its position in a block whose codes are still zero.</summary>
    /// <param name="row">d values.</param>
    /// <param name="center">d values, or null for the origin.</param>
    /// <param name="block">The block.</param>
    /// <param name="position">0 to 31.</param>
    public void Encode(float* row, float* center, byte* block, int position)
    {
        double square = 0, scaledSquare = 0;
        for (var j = 0; j < dimensions; j++)
        {
            var difference = center == null ? row[j] : row[j] - center[j];
            _rest[j] = difference;
            _scaled[j] = difference / weights[j];
            square += (double)difference * difference;
            scaledSquare += (double)_scaled[j] * _scaled[j];
        }
        Norm = Math.Sqrt(square);
        var (scale, codeSquare) = Quantize((float)Math.Sqrt(scaledSquare / dimensions));
        CodeNorm = Math.Sqrt(codeSquare);
        Write(block, position, scale, Rest(scale));
    }

    private (float Scale, double CodeSquare) Quantize(float size)
    {
        var bestGain = double.NegativeInfinity;
        float bestScale = 0;
        double bestSquare = 0;
        foreach (var step in Steps)
        {
            var inverse = 1 / Math.Max(step * size, 1e-12f);
            float product = 0, length = 0, codeSquare = 0;
            for (var j = 0; j < dimensions; j++)
            {
                var level = Math.Clamp(MathF.Floor(_scaled[j] * inverse), -8, 7);
                _code[j] = (sbyte)level;
                var value = (level + 0.5f) * weights[j];
                product += value * _rest[j];
                length += value * value;
                codeSquare += (level + 0.5f) * (level + 0.5f);
            }
            // The scale that leaves least out, and how much of the row it then explains.
            var gain = (double)product * product / length;
            if (gain <= bestGain)
                continue;
            (bestGain, bestScale, bestSquare) = (gain, product / length, codeSquare);
            (_code, _best) = (_best, _code);
        }
        return (bestScale, bestSquare);
    }

    private float Rest(float scale)
    {
        double square = 0;
        for (var j = 0; j < dimensions; j++)
        {
            var left = _rest[j] - (double)scale * weights[j] * (_best[j] + 0.5);
            square += left * left;
        }
        return (float)(Math.Sqrt(square) * (1 + 1e-5) + 1e-6);
    }

    private void Write(byte* block, int position, float scale, float error)
    {
        for (var j = 0; j < dimensions; j++)
        {
            var at = block + j / 4 * 64 + 2 * position + (j & 1);
            *at |= (byte)((_best[j] + 8) << ((j & 2) * 2));
        }
        var factors = (float*)(block + RowLayout.Groups(dimensions) * 64);
        factors[position] = scale;
        factors[NibbleKernel.BlockRows + position] = error;
    }
}
