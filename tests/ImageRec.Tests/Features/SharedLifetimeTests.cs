using ImageRec.Features;

namespace ImageRec.Tests.Features;

public sealed class SharedLifetimeTests
{
    [Fact]
    public void End_NobodyInside_FreesOnce()
    {
        var freed = 0;
        var lifetime = new SharedLifetime(() => freed++);

        lifetime.End();
        lifetime.End();

        Assert.Equal(1, freed);
        Assert.False(lifetime.TryEnter());
    }

    [Fact]
    public void End_SomebodyInside_FreesWhenTheLastLeaves()
    {
        var freed = 0;
        var lifetime = new SharedLifetime(() => freed++);
        Assert.True(lifetime.TryEnter() && lifetime.TryEnter());

        lifetime.End();
        lifetime.Leave();
        lifetime.End();
        Assert.Equal(0, freed);
        lifetime.Leave();

        Assert.Equal(1, freed);
        Assert.True(lifetime.HasEnded);
    }

    [Fact]
    public void Leave_NotEnded_FreesNothing()
    {
        var lifetime = new SharedLifetime(() => Assert.Fail("freed"));

        Assert.True(lifetime.TryEnter());
        lifetime.Leave();
        Assert.True(lifetime.TryEnter());
        lifetime.Leave();
    }

    [Fact]
    public async Task End_WhileManyComeAndGo_FreesOnceAndWithNobodyInside()
    {
        for (var round = 0; round < 200; round++)
        {
            var (inside, freed) = (0, 0);
            var lifetime = new SharedLifetime(() =>
            {
                Assert.Equal(0, Volatile.Read(ref inside));
                Interlocked.Increment(ref freed);
            });
            var visitors = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (lifetime.TryEnter())
                {
                    Interlocked.Increment(ref inside);
                    Interlocked.Decrement(ref inside);
                    lifetime.Leave();
                }
            }, TestContext.Current.CancellationToken)).ToList();
            lifetime.End();
            await Task.WhenAll(visitors);

            Assert.Equal(1, freed);
        }
    }
}
