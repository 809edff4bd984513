using ImageRec.Redis.Tests.Support;
using StackExchange.Redis;

namespace ImageRec.Redis.Tests;

/// <summary>A right has one holder at a time, and passes on when that one is gone.</summary>
public sealed class LeaseTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    [Fact]
    public async Task TryLease_WhileAnotherHasIt_IsRefusedUntilItIsGivenBack()
    {
        await using var first = await Catalog(server.Address, "lease").ConnectAsync(Token);
        await using var second = await Catalog(server.Address, "lease").ConnectAsync(Token);
        var held = await first.TryLeaseAsync("index", Token);
        Assert.NotNull(held);
        Assert.True(await held.IsHeldAsync(Token));
        Assert.Null(await second.TryLeaseAsync("index", Token));
        // Each right by itself.
        await using var other = await second.TryLeaseAsync("fit", Token);
        Assert.NotNull(other);

        await held.DisposeAsync();
        await using var taken = await second.TryLeaseAsync("index", Token);
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task TryLease_OfAHolderThatWasKilled_PassesOnWhenItExpires()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        // What a killed worker leaves behind.
        await connection.GetDatabase().StringSetAsync("killed:lease:index", "its token", TimeSpan.FromSeconds(1));
        await using var index = await Catalog(server.Address, "killed").ConnectAsync(Token);
        var tries = 0;
        var lease = await index.TryLeaseAsync("index", Token);
        for (; lease is null && tries < 300; tries++)
        {
            await Task.Delay(100, Token);
            lease = await index.TryLeaseAsync("index", Token);
        }
        Assert.NotNull(lease);
        await lease.DisposeAsync();
        Assert.False(await connection.GetDatabase().KeyExistsAsync("killed:lease:index"));
    }

    [Fact]
    public async Task IsHeld_AfterAnotherHasTakenIt_SaysSoAndLeavesItToThatOne()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using var index = await Catalog(server.Address, "lost").ConnectAsync(Token);
        var lease = (await index.TryLeaseAsync("index", Token))!;
        await connection.GetDatabase().StringSetAsync("lost:lease:index", "another's token");
        Assert.False(await lease.IsHeldAsync(Token));
        await lease.DisposeAsync();
        Assert.Equal("another's token", (string?)await connection.GetDatabase().StringGetAsync("lost:lease:index"));
    }
}
