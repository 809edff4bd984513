namespace ImageRec.Features;

/// <summary>Names how a network lays out images.</summary>
internal enum TensorLayout
{
    /// <summary>Images x channels x rows x columns: PyTorch, Caffe, most ONNX files.</summary>
    Nchw,

    /// <summary>Images x rows x columns x channels: TensorFlow.</summary>
    Nhwc,
}
