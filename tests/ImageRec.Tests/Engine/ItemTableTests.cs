using CsCheck;
using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Storage;

namespace ImageRec.Tests.Engine;

public class ItemTableTests
{
    private static ItemRecord<int> Record(int key, int picture, int item) =>
        new(new StoredItem { Key = key, Id = $"id-{key}", Hash = (UInt128)picture }, -1, item);

    [Fact]
    public void Change_AnySetsAndRemovals_AgreeWithAPlainModel() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 4], Gen.Bool).Array[1, 60].Array[1, 6].Sample(changes =>
        {
            var (tables, models) =
                (new List<ItemTable<int>> { ItemTable<int>.Empty }, new List<SortedDictionary<int, (int Picture, int Item)>> { new() });
            var stamp = 0;
            foreach (var steps in changes)
            {
                var (change, model) = (tables[^1].Begin(), new SortedDictionary<int, (int Picture, int Item)>(models[^1]));
                foreach (var (key, picture, removes) in steps)
                {
                    if (!removes)
                        change.Set(Record(key, picture, (model[key] = (picture, ++stamp)).Item));
                    else if (model.Remove(key, out var old))
                        change.Remove(Record(key, old.Picture, old.Item));
                }
                tables.Add(change.Complete());
                models.Add(model);
            }
            foreach (var (table, model) in tables.Zip(models))
            {
                Assert.Equal(model.Select(m => (m.Key, m.Value.Item)), table.InOrder.Select(r => (r.Key, r.Item)));
                Assert.Equal(model.Count, table.Count);
                for (var key = 0; key <= 60; key++)
                    Assert.Equal(model.TryGetValue(key, out var value) ? value.Item : null, table.ById($"id-{key}")?.Item);
                for (var picture = 0; picture <= 4; picture++)
                    Assert.Equal(model.Values.Any(v => v.Picture == picture), table.ByImage((UInt128)picture) is { } found
                        && model[found.Key].Picture == picture);
            }
        }, iter: 200);

    [Fact]
    public void Begin_TableThatGrows_KeepsFindingEverything()
    {
        var table = ItemTable<int>.Empty;
        for (var round = 0; round < 6; round++)
        {
            var change = table.Begin();
            for (var i = 0; i < 1000; i++)
                change.Set(Record((round * 1000) + i, i % 7, i));
            table = change.Complete();
        }
        Assert.All(Enumerable.Range(0, 6000), key => Assert.Equal(key, table.ById($"id-{key}")!.Key));
        Assert.Equal(6000, table.Count);
    }
}
