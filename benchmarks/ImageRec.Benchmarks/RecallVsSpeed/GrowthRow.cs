namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>One size of the growth table.</summary>
internal sealed record GrowthRow(
    int Rows, double BuildSeconds, double OpenSeconds, double MemoryRatio, double CodesOnlyRatio, double SelfRecall, double Recall,
    double Microseconds,
    double ExactMicroseconds, double AllThreadsMicroseconds);
