using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Tests.Fitting;

/// <summary>What is framed comes back; nothing else is believed, and no memory is taken for a size that is not.</summary>
public sealed class StateFrameTests
{
    private const string Kind = "TEST";

    [Fact]
    public void Read_WhatWasWritten_ComesBackAndEndsWhereItEnds()
    {
        using var state = new MemoryStream();
        var buffer = new NativeBuffer<byte>(1000);
        buffer.Slice(0, 1000).Fill(7);
        var writer = new StateWriter(state, Kind, 3, (2 * sizeof(int)) + sizeof(double) + 1000);
        writer.Write([4, 5]);
        writer.Write([0.5]);
        writer.Write(buffer);
        writer.Complete();
        state.WriteByte(255);
        state.Position = 0;

        var reader = new StateReader(state, Kind, 3);
        var (ints, doubles, bytes) = (new int[2], new double[1], new NativeBuffer<byte>(1000));
        reader.Read<int>(ints);
        reader.Read<double>(doubles);
        Assert.Equal(1000, reader.Left);
        reader.Read(bytes);
        reader.Complete();

        Assert.Equal([4, 5], ints);
        Assert.Equal([0.5], doubles);
        Assert.Equal(buffer.Slice(0, 1000).ToArray(), bytes.Slice(0, 1000).ToArray());
        Assert.Equal(255, state.ReadByte());
    }

    [Fact]
    public void Read_AnyBitFlipped_IsInvalidData()
    {
        var bytes = Frame();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(bytes), Kind, 3).ReadToEnd());
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Read_CutShortAnywhere_SaysSo()
    {
        var bytes = Frame();
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(bytes, 0, length), Kind, 3).ReadToEnd());
            Assert.Contains("it ends too early", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OtherKindOrVersion_NamesBoth()
    {
        var kind = Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(Frame()), "IRPC", 3));
        Assert.Contains("IRPC", kind.Message, StringComparison.Ordinal);
        Assert.Contains(Kind, kind.Message, StringComparison.Ordinal);

        var version = Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(Frame()), Kind, 4));
        Assert.Contains("version 3", version.Message, StringComparison.Ordinal);
        Assert.Contains("version 4", version.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreOrLessThanThePayload_IsInvalidData()
    {
        Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(Frame()), Kind, 3).Read<byte>(new byte[11]));
        Assert.Throws<InvalidDataException>(() => new StateReader(new MemoryStream(Frame()), Kind, 3).Complete());
    }

    [Fact]
    public void ReadAndWrite_Canceled_Stop()
    {
        var stopped = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => new StateWriter(new MemoryStream(), Kind, 3, 0, stopped));
        Assert.Throws<OperationCanceledException>(() => new StateReader(new MemoryStream(Frame()), Kind, 3, stopped));
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(2, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1_000_000, 1000)]
    [InlineData(0, 1)]
    public void Matrices_SizesThatDoNotFitTheLength_AreRefusedBeforeMemoryIsTaken(int rows, int columns)
    {
        using var state = new MemoryStream();
        var writer = new StateWriter(state, Kind, 2, 6 * sizeof(int));
        writer.Write([rows, columns]);
        writer.Write([1f, 2f, 3f, 4f]);
        writer.Complete();
        state.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => MatrixState.Read(state, Kind, count: 1));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Frame()
    {
        using var state = new MemoryStream();
        var writer = new StateWriter(state, Kind, 3, 10);
        writer.Write<byte>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        writer.Complete();
        return state.ToArray();
    }
}
