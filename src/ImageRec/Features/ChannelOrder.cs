namespace ImageRec;

/// <summary>Names the color that a network reads first.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue: PyTorch, TensorFlow, Keras.</summary>
    Rgb,

    /// <summary>Blue, green, red: Caffe.</summary>
    Bgr,
}
