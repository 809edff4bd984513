namespace ImageRec.Torture.Fuzz.Files;

/// <summary>A small catalog file, and what it answers while it is whole.</summary>
/// <param name="Builder">Makes a builder that opens it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Listed">What a build of it lists.</param>
/// <param name="Answers">What it answers.</param>
internal sealed record SeedFile(
    Func<RecommenderBuilder> Builder, byte[] Content, IReadOnlyList<Thing> Listed, IReadOnlyList<string> Answers)
{
    /// <summary>Builds one of so many things, changes it here and there, and asks it everything.</summary>
    public static async Task<SeedFile> MakeAsync(Func<RecommenderBuilder> builder, int count, bool changed)
    {
        using var scratch = new Scratch(inMemory: true);
        var path = scratch.File("seed.imagerec");
        var things = Enumerable.Range(0, count).Select(i => new Thing($"thing {i:D3}", i)).ToList();
        await using (var engine = await builder().BuildAsync(Things.Catalog(things), path))
        {
            if (changed)
            {
                await engine.RemoveAsync(things.Where((_, i) => i % 5 == 0).Select(t => t.Id));
                await engine.UpsertAsync(Things.Catalog(things.Where((_, i) => i % 7 == 1).Select(t => t with { Stamp = t.Stamp + 1000 })));
                things = [.. engine.Items];
            }
        }
        // Asked once it is opened again: what was learned while building may answer differently in the last bit.
        await using var opened = await builder().OpenAsync<Thing>(path);
        var answers = await Interview.AskAsync(opened);
        await opened.DisposeAsync();
        return new SeedFile(builder, await File.ReadAllBytesAsync(path), things, answers);
    }
}
