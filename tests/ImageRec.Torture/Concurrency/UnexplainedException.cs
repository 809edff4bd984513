namespace ImageRec.Torture.Concurrency;

/// <summary>A history holds a result that is right at no moment.</summary>
internal sealed class UnexplainedException(string message) : Exception(message);
