namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>One way to search one set.</summary>
/// <param name="System">Such as <c>ImageRec</c>.</param>
/// <param name="Setting">How it was set.</param>
/// <param name="Recall">Share of the true best ten that was found.</param>
/// <param name="Microseconds">A query, on one thread, one at a time.</param>
/// <param name="BuildSeconds">With two threads.</param>
/// <param name="Bytes">Memory, or what the saved index takes.</param>
/// <param name="AllocatedBytes">A query; null where unknown.</param>
internal sealed record Measurement(
    string System, string Setting, double Recall, double Microseconds, double BuildSeconds, long Bytes, double? AllocatedBytes);
