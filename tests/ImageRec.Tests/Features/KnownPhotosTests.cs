using System.Numerics.Tensors;
using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Tests.Features;

public sealed class KnownPhotosTests
{
    [Fact]
    public void AreKnown_RowsNearlyEqualToAPhotosOwn_AreKnownAndOthersAreNot()
    {
        var photos = SampleRows.Random(300, 64);
        var changed = SampleRows.Random(300, 64, seed: 2);
        for (var i = 0; i < 300; i++)
            TensorPrimitives.MultiplyAdd(changed[i], 0.15f, photos[i], changed[i]);
        using var state = new MemoryStream();
        KnownPhotos.From(7, photos).Save(state);
        var known = KnownPhotos.Load(state.ToArray());
        Assert.Equal(300, known.Count);
        Assert.Equal((UInt128)7, known.Network);
        Assert.All(known.AreKnown(photos), Assert.True);
        Assert.All(known.AreKnown(changed), Assert.True);
        Assert.DoesNotContain(true, known.AreKnown(SampleRows.Random(300, 64, seed: 3)));
    }

    [Fact]
    public void LoadOfCompact_NetworkInside_HasThePhotosOfThatVeryNetwork()
    {
        // Fails after the network was trained anew: run the benchmarks' known-photos, as training/README.md says.
        var known = KnownPhotos.LoadOfCompact();
        Assert.NotNull(known);
        Assert.Equal(KnownPhotos.HashOfCompact(), known.Network);
        Assert.InRange(known.Count, 3000, 100_000);
    }

    [Fact]
    public void Of_AnotherNetwork_IsNotKnown()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
        Assert.Equal([false, false], KnownPhotos.Of(extractor, SampleRows.Random(2, 256))!);
        Assert.Null(KnownPhotos.Of(new Engine.VectorExtractor(256), new FeatureMatrix(2, 256)));
    }
}
