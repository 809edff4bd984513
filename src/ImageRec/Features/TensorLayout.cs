namespace ImageRec;

/// <summary>How a network lays out pictures.</summary>
public enum TensorLayout
{
    /// <summary>Pictures x channels x rows x columns: PyTorch, Caffe, most ONNX files.</summary>
    Nchw,

    /// <summary>Pictures x rows x columns x channels: TensorFlow.</summary>
    Nhwc,
}
