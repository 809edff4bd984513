namespace ImageRec.Torture.Fuzz.Lists;

/// <summary>
/// Mutated lists: each is refused, or gives entries whose ids are there, differ, and hold no character that stands for a lost one.
/// </summary>
internal sealed class ListTarget : IFuzzTarget
{
    private const char Lost = '\uFFFD';
    private readonly IReadOnlyList<byte[]> _seeds = ListSeeds.Make();
    private readonly Scratch _scratch = new(inMemory: true);

    public string Name => "fuzz-lists";

    public string Unit => "mutated lists";

    public int LongCount => 100_000;

    public long MaxWorkingSet => 400_000_000;

    public byte[] Make(Random random)
    {
        var list = (byte[])_seeds[random.Next(_seeds.Count)].Clone();
        for (var pieces = random.Next(4); pieces > 0; pieces--)
        {
            var (at, piece) = (random.Next(list.Length + 1), ListSeeds.Pieces[random.Next(ListSeeds.Pieces.Count)]);
            var over = random.Next(2) == 0 ? Math.Min(piece.Length, list.Length - at) : 0;
            list = [.. list.AsSpan(0, at), .. piece, .. list.AsSpan(at + over)];
        }
        return random.Next(2) == 0 ? list : Mutator.Mutate(random, list, _seeds);
    }

    public bool Declares(Exception exception) => exception is CatalogException;

    public Task TryAsync(byte[] input)
    {
        var path = _scratch.File("list.csv");
        File.WriteAllBytes(path, input);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in ImageCatalog.FromCsv(path).Entries)
        {
            if (string.IsNullOrWhiteSpace(entry.Id) || !ids.Add(entry.Id))
                throw new WrongException($"the id '{entry.Id}' is blank or there twice");
            if (entry.Item.Id != entry.Id || entry.Item.Category != entry.Category)
                throw new WrongException($"the item of '{entry.Id}' is '{entry.Item.Id}' of '{entry.Item.Category}'");
            if (!HoldsLost(input) && (entry.Id.Contains(Lost) || entry.Category?.Contains(Lost) == true || entry.Image.Name.Contains(Lost)))
                throw new WrongException(
                    $"'{entry.Id}' of '{entry.Category}' at '{entry.Image.Name}' holds U+FFFD, which the list does not");
        }
        if (ids.Count == 0)
            throw new WrongException("there is no entry, and nothing says so");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    // In UTF-8, or in UTF-16, where half a pair may stand too.
    private static bool HoldsLost(byte[] input) =>
        input.AsSpan().IndexOf("\uFFFD"u8) >= 0 || input.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFD, 0xFF]) >= 0
            || input.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xFD]) >= 0;
}
