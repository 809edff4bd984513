using System.Text;

namespace ImageRec.Features;

/// <summary>Says what a file is that is not an ONNX network, and what to do about it.</summary>
internal static class NotOnnx
{
    /// <summary>How many bytes of the beginning are enough to tell.</summary>
    public const int HeadLength = 512;

    private const string Export = "Export the network to ONNX (torch.onnx.export, tf2onnx) and give that file.";

    private static readonly (int At, byte[] Mark, string What)[] s_kinds =
    [
        (0, [.. "version https://git-lfs"u8],
            "it is a Git LFS pointer, which stands in for the network until that is downloaded. "
            + "Run 'git lfs pull' in its repository, or download the network itself."),
        (0, [.. "PK\x03\x04"u8],
            $"it is a zip archive, as PyTorch (.pt, .pth), Keras and ML.NET save models. Unpack it if the network is inside. {Export}"),
        (0, [0x1F, 0x8B], "it is compressed (gzip). Unpack it first."),
        (0, [.. "BZh"u8], "it is compressed (bzip2). Unpack it first."),
        (0, [0xFD, .. "7zXZ"u8], "it is compressed (xz). Unpack it first."),
        (0, [.. "7z"u8, 0xBC, 0xAF], "it is compressed (7-Zip). Unpack it first."),
        (1, [.. "HDF\r\n"u8], $"it is an HDF5 file, as Keras saves models. {Export}"),
        (0, [0x80, 0x02], $"it is a Python pickle, as PyTorch saves models. {Export}"),
        (0, [0x80, 0x04], $"it is a Python pickle, as PyTorch saves models. {Export}"),
        (4, [.. "TFL3"u8], "it is a TensorFlow Lite model. Convert it to ONNX (tf2onnx) and give that file."),
        (4, [.. "ORTM"u8], "it is in ONNX Runtime's own format (.ort). Give the ONNX file that it was made from."),
        (0, [.. "GGUF"u8], $"it is a GGUF file. {Export}"),
        (8, [.. "{\""u8], $"it is a safetensors file: weights without the network. {Export}"),
        (0, [0xFF, 0xD8, 0xFF], "it is a JPEG image. Give the file of the network."),
        (1, [.. "PNG"u8], "it is a PNG image. Give the file of the network."),
    ];

    /// <summary>Says what the file is; null when it may be a network.</summary>
    /// <param name="head">Its beginning, <see cref="HeadLength"/> bytes or all there are.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return "it is empty (0 bytes). Copy or download it again.";
        foreach (var (at, mark, what) in s_kinds)
        {
            if (head.Length > at && head[at..].StartsWith(mark))
                return what;
        }
        return DescribeText(head);
    }

    private static string? DescribeText(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<!", StringComparison.Ordinal) || text.StartsWith("<?xml", StringComparison.Ordinal)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "it is a web page, most likely a sign-in or error page that was saved in place of the network. "
                + "Download the network itself: on Hugging Face by a link with /resolve/, on GitHub by one with /raw/.";
        var isText = text.Length > 0 && text.All(c => !char.IsControl(c) || c is '\r' or '\n' or '\t')
            && !text[..^Math.Min(3, text.Length - 1)].Contains('\uFFFD', StringComparison.Ordinal);
        return isText
            ? $"it is a text file, which begins with \"{text[..Math.Min(40, text.Length)].ReplaceLineEndings(" ")}\". "
                + "Give the file of the network."
            : null;
    }
}
