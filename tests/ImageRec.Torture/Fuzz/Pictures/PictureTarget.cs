using System.Diagnostics;

namespace ImageRec.Torture.Fuzz.Pictures;

/// <summary>
/// Mutated pictures, decoded into a small tensor. What decodes, decodes to the same colors every time, and to nothing but colors.
/// </summary>
internal sealed class PictureTarget : IFuzzTarget
{
    private readonly IReadOnlyList<byte[]> _seeds = PictureSeeds.Make();
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(200);
    private readonly float[] _once = new float[Library.DecodedLength];
    private readonly float[] _again = new float[Library.DecodedLength];

    public string Name => "fuzz-pictures";

    public string Unit => "mutated pictures";

    public int LongCount => 1_000_000;

    // The limit of 100 megapixels holds 400 MB once decoded.
    public long MaxWorkingSet => 1_000_000_000;

    public byte[] Make(Random random)
    {
        var seed = _seeds[random.Next(_seeds.Count)];
        if (PngWriter.Is(seed) && random.Next(4) == 0)
            return PngWriter.ChangeLines(seed, lines => Mutator.Mutate(random, lines, _seeds));
        var changed = Mutator.Mutate(random, (byte[])seed.Clone(), _seeds);
        if (PngWriter.Is(changed) && random.Next(2) == 0)
            PngWriter.Mend(changed);
        return changed;
    }

    public bool Declares(Exception exception) => exception is UnreadableImageException;

    public Task TryAsync(byte[] input)
    {
        Array.Fill(_once, float.NaN);
        Array.Fill(_again, -1);
        var start = Stopwatch.GetTimestamp();
        Library.Decode(input, _once);
        // The time limit is for one decoding; what takes long is decoded once.
        if (Stopwatch.GetElapsedTime(start) > s_long)
            _once.CopyTo(_again, 0);
        else
            Library.Decode(input, _again);
        for (var i = 0; i < _once.Length; i++)
        {
            if (!(_once[i] is >= 0 and <= 255))
                throw new WrongException($"number {i} is {_once[i]}, not a color");
            if (_once[i] != _again[i])
                throw new WrongException($"number {i} is {_once[i]} the first time and {_again[i]} the second");
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The seeds that the library does not read; there should be none.</summary>
    public IEnumerable<string> UnreadableSeeds()
    {
        for (var i = 0; i < _seeds.Count; i++)
        {
            string? reason = null;
            try
            {
                Library.Decode(_seeds[i], _once);
            }
            catch (UnreadableImageException e)
            {
                reason = e.Message;
            }
            if (reason is not null)
                yield return $"{i}: {reason}";
        }
    }
}
