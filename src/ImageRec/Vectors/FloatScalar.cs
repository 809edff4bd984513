namespace ImageRec.Vectors;

/// <summary>Works on one float at a time, where the processor offers no vectors.</summary>
internal readonly unsafe struct FloatScalar : IFloatLanes<float>
{
    public static int Count => 1;
    public static float Zero => 0;
    public static float Broadcast(float value) => value;
    public static float Load(float* source) => *source;
    public static void Store(float value, float* destination) => *destination = value;
    public static float Add(float a, float b) => a + b;
    public static float MultiplyAdd(float a, float b, float addend) => a * b + addend;
    public static float Sum(float value) => value;
    public static uint AtLeast(float a, float b) => a >= b ? 1u : 0u;
}
