namespace ImageRec.Torture.Fuzz;

/// <summary>The library took an input and gave a wrong answer.</summary>
internal sealed class WrongException(string message) : Exception(message);
