using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ImageRec.Fitting;

/// <summary>
/// Describes how every component's learned state is framed on a stream, wherever it is kept: kind, version, length and checksums.
/// </summary>
/// <remarks>
/// Little-endian: kind (4 ASCII characters), version (Int32), length of the payload in bytes (Int64), XxHash3 of these 16 bytes, the
/// payload, XxHash3 of the payload. The first checksum makes the length trustworthy before memory is taken for it, the second the payload
/// before a number of it is used. A state may consist of several frames, one after another. <see cref="StateWriter"/> writes frames,
/// <see cref="StateReader"/> reads them.
/// </remarks>
internal static class StateFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 24;

    /// <summary>Bytes of a checksum.</summary>
    public const int ChecksumLength = sizeof(ulong);

    /// <summary>Bytes that are read or written between two looks at the cancellation token.</summary>
    public const int PartLength = 1 << 24;

    private const int KindLength = 4;
    private const int CheckedLength = HeaderLength - ChecksumLength;

    /// <summary>Makes the bytes before the payload.</summary>
    /// <param name="kind">Four ASCII characters.</param>
    /// <param name="version">Layout of the payload.</param>
    /// <param name="length">Bytes of the payload.</param>
    public static byte[] Header(string kind, int version, long length)
    {
        var header = new byte[HeaderLength];
        Encoding.ASCII.GetBytes(kind, header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(KindLength), version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(KindLength + sizeof(int)), length);
        XxHash3.Hash(header.AsSpan(0, CheckedLength), header.AsSpan(CheckedLength));
        return header;
    }

    /// <summary>Checks the bytes before a payload and returns its length.</summary>
    /// <param name="header"><see cref="HeaderLength"/> bytes.</param>
    /// <param name="kind">The kind expected.</param>
    /// <param name="version">The version expected.</param>
    /// <exception cref="InvalidDataException">The state is of another kind or version, or damaged.</exception>
    public static long LengthOf(ReadOnlySpan<byte> header, string kind, int version)
    {
        var found = Encoding.ASCII.GetString(header[..KindLength]);
        if (found != kind)
        {
            var what = found.All(char.IsAsciiLetterOrDigit) ? found : "other data";
            throw new InvalidDataException($"Expected the learned state {kind}, found {what}. Load it with the component that saved it.");
        }
        if (!header[CheckedLength..].SequenceEqual(XxHash3.Hash(header[..CheckedLength])))
            throw Damaged(kind, "the checksum of its header does not match");
        var foundVersion = BinaryPrimitives.ReadInt32LittleEndian(header[KindLength..]);
        if (foundVersion != version)
        {
            throw new InvalidDataException(
                $"The learned state {kind} has version {foundVersion}; this version of ImageRec reads version {version}. "
                + "Build the catalog file again, or use the version of ImageRec that wrote it.");
        }
        return BinaryPrimitives.ReadInt64LittleEndian(header[(KindLength + sizeof(int))..]);
    }

    /// <summary>Makes the error for a state that cannot be used.</summary>
    /// <param name="kind">Kind of the state.</param>
    /// <param name="why">What is wrong with it, such as "it ends too early".</param>
    public static InvalidDataException Damaged(string kind, string why) =>
        new($"The learned state {kind} is damaged: {why}. Build the catalog file again.");
}
