namespace ImageRec.ML.Features;

/// <summary>Holds the bytes of an image on their way into an ML.NET pipeline.</summary>
/// <param name="Index">Position in the batch.</param>
/// <param name="Name">What errors call it.</param>
/// <param name="Bytes">As in the file.</param>
internal sealed record EncodedPicture(int Index, string Name, ReadOnlyMemory<byte> Bytes);
