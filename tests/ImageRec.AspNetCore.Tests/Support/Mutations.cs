namespace ImageRec.AspNetCore.Tests;

/// <summary>Spoils bytes the way transfers, bad programs and people with intentions do; the same seed spoils the same way.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly byte[][] s_odd = [[0], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
        "\r\n\r\n"u8.ToArray(), "--x"u8.ToArray(), "%00"u8.ToArray()];
    private readonly Random _random = new(seed);

    public byte[] Apply(byte[] whole)
    {
        var bytes = whole.ToList();
        for (var i = _random.Next(1, 6); i > 0 && bytes.Count > 8; i--)
        {
            // Most of what a reader trusts stands at the beginning.
            var at = _random.Next(_random.Next(2) == 0 ? Math.Min(bytes.Count, 200) : bytes.Count);
            var length = Math.Min(_random.Next(1, 64), bytes.Count - at);
            switch (_random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(_random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, s_odd[_random.Next(s_odd.Length)]);
                    break;
                default:
                    var odd = s_odd[_random.Next(s_odd.Length)];
                    for (var j = 0; j < odd.Length && at + j < bytes.Count; j++)
                        bytes[at + j] = odd[j];
                    break;
            }
        }
        return [.. bytes];
    }
}
