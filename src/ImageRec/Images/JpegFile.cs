using System.Buffers.Binary;

namespace ImageRec.Images;

/// <summary>Holds what the markers of a JPEG file say (ITU T.81, annex B), read without decoding it.</summary>
internal sealed class JpegFile
{
    private const int Coefficients = 64;
    private const byte Missing = byte.MaxValue;
    private readonly Dictionary<byte, byte[]> _lowestBit = [];
    private bool _inScan;

    private JpegFile()
    {
    }

    /// <summary>
    /// Gets which process the frame header names: 0 to 15, such as 2 for progressive; null when there is no frame header.
    /// </summary>
    public int? Process { get; private set; }

    /// <summary>Gets the bits per sample.</summary>
    public int Bits { get; private set; }

    /// <summary>Gets whether the end marker is there.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Gets whether the image comes in several scans, as a progressive one does: it is whole when all of them are there.</summary>
    public bool HasSeveralScans { get; private set; }

    /// <summary>
    /// Gets whether the file ends within the data of a scan, without an end marker, and with that scan every coefficient of every component
    /// was begun to its last bit.
    /// </summary>
    public bool MayLackOnlyItsEnd =>
        !HasEnd && _inScan && _lowestBit.Count > 0 && _lowestBit.Values.All(bits => bits.AsSpan().IndexOfAnyExcept((byte)0) < 0);

    /// <summary>Gets why the codec does not take such a file, as the end of a sentence; null when its kind is not the reason.</summary>
    public string? Unsupported => (Bits, Process) switch
    {
        (_, null) => null,
        (_, 3 or 7 or 11 or 15) => "a lossless JPEG",
        (_, 5 or 6 or 13 or 14) => "a hierarchical JPEG",
        (not 8, _) => $"a JPEG of {Bits} bits per sample",
        (_, 8) => "a JPEG of a reserved kind",
        _ => null,
    };

    /// <summary>Reads the markers; null when it is no JPEG.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="toOnlyScan">Stops where the data of an only scan begins, which is most of most files.</param>
    public static JpegFile? Read(ReadOnlySpan<byte> bytes, bool toOnlyScan = false)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return null;
        var file = new JpegFile();
        file.ReadMarkers(bytes[2..], toOnlyScan);
        return file;
    }

    private void ReadMarkers(ReadOnlySpan<byte> rest, bool toOnlyScan)
    {
        while (true)
        {
            // Whatever stands between segments, the data of a scan above all, ends at a marker that is no stuffed byte and no restart.
            var at = rest.IndexOf((byte)0xFF);
            if (at < 0 || at + 1 >= rest.Length)
                return;
            var marker = rest[at + 1];
            if (marker is 0xFF)
            {
                rest = rest[(at + 1)..];
                continue;
            }
            rest = rest[(at + 2)..];
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD7))
                continue;
            _inScan = false;
            HasEnd = marker == 0xD9;
            if (HasEnd || rest.Length < 2)
                return;
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (length < 2 || length > rest.Length)
                return;
            ReadSegment(marker, rest[2..length]);
            if (toOnlyScan && _inScan && !HasSeveralScans)
                return;
            rest = rest[length..];
        }
    }

    private void ReadSegment(byte marker, ReadOnlySpan<byte> content)
    {
        if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && content.Length >= 6)
            ReadFrame(marker, content);
        else if (marker == 0xDA && content.Length > 0)
            ReadScan(content);
    }

    private void ReadFrame(byte marker, ReadOnlySpan<byte> content)
    {
        (Process, Bits) = (marker & 15, content[0]);
        for (var rest = content[6..]; rest.Length >= 3; rest = rest[3..])
        {
            var bits = new byte[Coefficients];
            Array.Fill(bits, Missing);
            _lowestBit[rest[0]] = bits;
        }
    }

    private void ReadScan(ReadOnlySpan<byte> content)
    {
        _inScan = true;
        var components = content[0];
        HasSeveralScans |= Process is 2 or 10 || components < _lowestBit.Count;
        if (content.Length < 4 + 2 * components)
            return;
        var (first, last, bit) = Process is 2 or 10
            ? (content[1 + 2 * components], content[2 + 2 * components], (byte)(content[3 + 2 * components] & 15))
            : ((byte)0, (byte)(Coefficients - 1), (byte)0);
        for (var i = 0; i < components && first <= last && last < Coefficients; i++)
        {
            if (_lowestBit.TryGetValue(content[1 + 2 * i], out var bits))
                bits.AsSpan(first..(last + 1)).Fill(bit);
        }
    }
}
