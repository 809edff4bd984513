using ImageRec.Fitting;
using ImageRec.Indexing;

namespace ImageRec.Tests.Indexing;

/// <summary>Sizes of a stored index are compared with its length before memory is taken for them, whoever wrote them.</summary>
public sealed class IndexFormatTests
{
    [Theory]
    [InlineData(0, 4, 1)]
    [InlineData(12, -1, 1)]
    [InlineData(12, 4, 0)]
    [InlineData(12, int.MaxValue, 1)]
    [InlineData(12, 4, int.MaxValue)]
    [InlineData(int.MaxValue, 4, 1)]
    public void Read_SizesThatDoNotFitTheLength_AreRefusedBeforeMemoryIsTaken(int dimensions, int rows, int cells)
    {
        using var state = State(dimensions, [rows, cells], new byte[100]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidDataException>(() => IndexFormat.Read(state, rows: null, CancellationToken.None));

        Assert.Contains("its sizes do not fit its length", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    [InlineData(0, -4)]
    public void Read_CellsThatDoNotHoldTheRows_AreRefused(int first, int last)
    {
        var rest = new byte[2000];
        BitConverter.TryWriteBytes(rest.AsSpan(0), first);
        BitConverter.TryWriteBytes(rest.AsSpan(4), last);
        using var state = State(12, [4, 1], rest);

        var error = Assert.Throws<InvalidDataException>(() => IndexFormat.Read(state, rows: null, CancellationToken.None));

        Assert.Contains("its cells do not hold its rows", error.Message, StringComparison.Ordinal);
    }

    private static MemoryStream State(int dimensions, int[] sizes, byte[] rest)
    {
        var state = new MemoryStream();
        var index = new StateWriter(state, "IRIX", 1, 2 * sizeof(int));
        index.Write([dimensions, 1]);
        index.Complete();
        var segment = new StateWriter(state, "IRSG", 1, 24 + rest.Length);
        segment.Write<int>(sizes);
        segment.Write([1f, 1f]);
        segment.Write([1.0]);
        segment.Write<byte>(rest);
        segment.Complete();
        state.Position = 0;
        return state;
    }
}
