namespace ImageRec.AspNetCore.Tests;

/// <summary>A line of the log.</summary>
internal sealed record LogLine(string Category, int Id, string Text);
