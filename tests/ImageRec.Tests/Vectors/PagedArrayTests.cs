using CsCheck;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public class PagedArrayTests
{
    [Fact]
    public void Change_AnySets_LeaveEarlierArraysAsTheyWere() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[1, 9]).Array[1, 30].Array[1, 8].Sample(changes =>
        {
            var (arrays, models) = (new List<PagedArray<int>> { PagedArray<int>.Empty }, new List<Dictionary<int, int>> { new() });
            foreach (var sets in changes)
            {
                var (change, model) = (arrays[^1].Begin(), new Dictionary<int, int>(models[^1]));
                foreach (var (index, value) in sets)
                    change[index] = model[index] = value;
                arrays.Add(change.Complete());
                models.Add(model);
            }
            return arrays.Zip(models).All(pair => Enumerable.Range(0, 5100).All(i => pair.First[i] == pair.Second.GetValueOrDefault(i)));
        }, iter: 30);
}
