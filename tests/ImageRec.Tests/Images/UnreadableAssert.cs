namespace ImageRec.Tests.Images;

internal static class UnreadableAssert
{
    /// <summary>A picture may be read or be refused with a sentence; nothing else may happen.</summary>
    public static void AssertNullOrUnreadable(this Exception? exception)
    {
        if (exception is not null)
            Assert.IsType<UnreadableImageException>(exception);
    }
}
