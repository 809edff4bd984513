namespace ImageRec.Torture.Fuzz.Pictures;

/// <summary>
/// Writes JPEG files of the kinds Skia cannot write: progressive, CMYK, gray, subsampled, with restart markers (ITU-T T.81).
/// </summary>
/// <param name="side">Columns and rows, a multiple of 16.</param>
/// <param name="sampling">For each component 1, or 2 for one that has twice the resolution of those with 1; one component has 1.</param>
internal sealed class JpegWriter(int side, int[] sampling)
{
    private static readonly int[] s_zigzag = ZigZag();
    private readonly int _most = sampling.Max();
    private readonly MemoryStream _file = new();
    private int[][][] _blocks = [];
    private int _held;
    private int _heldBits;

    /// <summary>The file.</summary>
    /// <param name="sample">A sample, 0 to 255, of a component at a place from 0 to 1.</param>
    /// <param name="progressive">In several scans.</param>
    /// <param name="restarts">A restart marker after every unit; baseline only.</param>
    /// <param name="quantum">Divides every coefficient.</param>
    public byte[] Write(Func<int, double, double, double> sample, bool progressive = false, bool restarts = false, int quantum = 8)
    {
        _blocks = [.. sampling.Select((s, c) => Blocks(side / 8 * s / _most, (x, y) => sample(c, x, y), quantum))];
        var all = Enumerable.Range(0, sampling.Length).ToArray();
        _file.Write([0xFF, 0xD8]);
        if (sampling.Length == 4)
            Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        else
            Segment(0xE0, [.. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)quantum, 64)]);
        Segment(progressive ? (byte)0xC2 : (byte)0xC0,
            [8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, (byte)sampling.Length,
            .. sampling.SelectMany((s, c) => new byte[] { (byte)(c + 1), (byte)(s << 4 | s), 0 })]);
        // Codes of one length, one for every symbol: 4 bits for the 12 of DC, 8 for the 162 of AC.
        Segment(0xC4, [0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 12).Select(s => (byte)s)]);
        Segment(0xC4, [0x10, 0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0, .. AcSymbols()]);
        if (restarts)
            Segment(0xDD, [0, 1]);
        if (!progressive)
        {
            Scan(all, 0, 63, 0, 0, restarts);
        }
        else
        {
            Scan(all, 0, 0, 0, 1, false);
            foreach (var component in all)
                Scan([component], 1, 5, 0, 0, false);
            Scan(all, 0, 0, 1, 0, false);
            foreach (var component in all)
                Scan([component], 6, 63, 0, 0, false);
        }
        _file.Write([0xFF, 0xD9]);
        return _file.ToArray();
    }

    private static IEnumerable<byte> AcSymbols() => [0x00, 0xF0, .. Enumerable.Range(0, 160).Select(i => (byte)(i / 10 << 4 | i % 10 + 1))];

    private void Segment(byte marker, byte[] content) =>
        _file.Write([0xFF, marker, (byte)(content.Length + 2 >> 8), (byte)(content.Length + 2), .. content]);

    private void Scan(int[] components, int from, int to, int high, int low, bool restarts)
    {
        Segment(0xDA, [(byte)components.Length, .. components.SelectMany(c => new byte[] { (byte)(c + 1), 0 }), (byte)from, (byte)to,
            (byte)(high << 4 | low)]);
        var last = new int[sampling.Length];
        var units = components.Length == 1 ? Raster(components[0]) : Interleaved(components);
        var count = 0;
        foreach (var unit in units)
        {
            if (restarts && count > 0)
            {
                Flush();
                _file.Write([0xFF, (byte)(0xD0 + (count - 1) % 8)]);
                Array.Clear(last);
            }
            count++;
            foreach (var (component, block) in unit)
                Block(block, from, to, high, low, ref last[component]);
        }
        Flush();
    }

    private IEnumerable<(int, int[])[]> Raster(int component) => _blocks[component].Select(block => new[] { (component, block) });

    private IEnumerable<(int, int[])[]> Interleaved(int[] components)
    {
        var across = side / 8 / _most;
        for (var unit = 0; unit < across * across; unit++)
        {
            var (left, top) = (unit % across, unit / across);
            yield return [.. components.SelectMany(c => Enumerable.Range(0, sampling[c] * sampling[c]).Select(i =>
                (c, _blocks[c][(top * sampling[c] + i / sampling[c]) * across * sampling[c] + left * sampling[c] + i % sampling[c]])))];
        }
    }

    private void Block(int[] block, int from, int to, int high, int low, ref int last)
    {
        if (from == 0 && high > 0)
            Bits(block[0] >> low & 1, 1);
        else if (from == 0)
            Dc(block[0] >> low, ref last);
        if (to > 0)
            Ac(block, Math.Max(1, from), to);
    }

    private void Dc(int value, ref int last)
    {
        var difference = value - last;
        last = value;
        var size = Size(difference);
        Bits(size, 4);
        Bits(difference < 0 ? difference - 1 : difference, size);
    }

    private void Ac(int[] block, int from, int to)
    {
        var run = 0;
        for (var i = from; i <= to; i++)
        {
            if (block[i] == 0)
            {
                run++;
                continue;
            }
            for (; run > 15; run -= 16)
                Bits(1, 8);
            var size = Size(block[i]);
            Bits(2 + run * 10 + size - 1, 8);
            Bits(block[i] < 0 ? block[i] - 1 : block[i], size);
            run = 0;
        }
        if (run > 0)
            Bits(0, 8);
    }

    private static int Size(int value)
    {
        var size = 0;
        for (value = Math.Abs(value); value > 0; value >>= 1)
            size++;
        return size;
    }

    private void Bits(int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _held = _held << 1 | value >> i & 1;
            if (++_heldBits < 8)
                continue;
            _file.WriteByte((byte)_held);
            if ((byte)_held == 0xFF)
                _file.WriteByte(0);
            (_held, _heldBits) = (0, 0);
        }
    }

    private void Flush()
    {
        while (_heldBits > 0)
            Bits(1, 1);
    }

    /// <summary>Quantized coefficients of every block in zigzag order.</summary>
    private static int[][] Blocks(int across, Func<double, double, double> sample, int quantum)
    {
        var blocks = new int[across * across][];
        for (var at = 0; at < blocks.Length; at++)
        {
            var block = new int[64];
            for (var i = 0; i < 64; i++)
            {
                var (u, v) = (s_zigzag[i] % 8, s_zigzag[i] / 8);
                double sum = 0;
                for (var p = 0; p < 64; p++)
                {
                    var (x, y) = (p % 8, p / 8);
                    var value = sample((at % across * 8 + x) / (across * 8.0), (at / across * 8 + y) / (across * 8.0)) - 128;
                    sum += value * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
                }
                var scale = (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4;
                block[i] = (int)Math.Clamp(Math.Round(sum * scale / quantum), -1000, 1000);
            }
            blocks[at] = block;
        }
        return blocks;
    }

    private static int[] ZigZag()
    {
        // Along the diagonals, every second one upward.
        var order = Enumerable.Range(0, 64).OrderBy(i => i % 8 + i / 8).ThenBy(i => (i % 8 + i / 8) % 2 == 0 ? i % 8 : i / 8);
        return [.. order];
    }
}
