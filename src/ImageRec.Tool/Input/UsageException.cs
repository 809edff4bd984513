namespace ImageRec.Tool.Input;

/// <summary>Options that do not go together; the message says what to give instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
