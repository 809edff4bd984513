using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>
/// Maps hash codes to keys, chained through the keys: several keys may have one hash code. Immutable, like <see cref="PagedArray{T}"/>.
/// </summary>
/// <param name="heads">By bucket: the first key of its chain plus one; 0 where it is empty.</param>
/// <param name="links">By key: its neighbors in its chain.</param>
/// <param name="mask">Buckets less one; a power of two less one.</param>
internal sealed class KeyChains(PagedArray<int> heads, PagedArray<KeyChains.Link> links, int mask)
{
    public static KeyChains Empty { get; } = new(PagedArray<int>.Empty, PagedArray<Link>.Empty, PagedArray<int>.PageSize - 1);

    public int Buckets => mask + 1;

    /// <summary>Returns the first key of a chain, or -1. Keys of other hash codes may be in it.</summary>
    public int First(int hashCode) => heads[Spread(hashCode) & mask] - 1;

    /// <summary>Returns the key after another in its chain, or -1.</summary>
    public int After(int key) => links[key].Next - 1;

    public Change Begin() => new(heads, links, mask);

    private static int Spread(int hashCode) => hashCode ^ (int)((uint)hashCode >> 15);

    /// <summary>Holds the neighbors of a key in its chain, plus one; 0 where there is none.</summary>
    internal readonly record struct Link(int Previous, int Next);

    internal sealed class Change(PagedArray<int> heads, PagedArray<Link> links, int mask)
    {
        private PagedArray<int>.Change _heads = heads.Begin();
        private readonly PagedArray<Link>.Change _links = links.Begin();
        private int _mask = mask;

        public int Buckets => _mask + 1;

        /// <summary>Puts a key first in its chain, in constant time.</summary>
        public void Add(int hashCode, int key)
        {
            var bucket = Spread(hashCode) & _mask;
            var first = _heads[bucket];
            _heads[bucket] = key + 1;
            _links[key] = new Link(0, first);
            if (first > 0)
                _links[first - 1] = _links[first - 1] with { Previous = key + 1 };
        }

        /// <summary>Puts a key behind another in that one's chain, in constant time.</summary>
        public void AddAfter(int other, int key)
        {
            var next = _links[other].Next;
            _links[other] = _links[other] with { Next = key + 1 };
            _links[key] = new Link(other + 1, next);
            if (next > 0)
                _links[next - 1] = _links[next - 1] with { Previous = key + 1 };
        }

        /// <summary>Returns the first key of a chain, or -1.</summary>
        public int First(int hashCode) => _heads[Spread(hashCode) & _mask] - 1;

        /// <summary>Returns the key after another in its chain, or -1.</summary>
        public int After(int key) => _links[key].Next - 1;

        /// <summary>Removes a key from its chain, in constant time.</summary>
        public void Remove(int hashCode, int key)
        {
            var link = _links[key];
            if (link.Previous > 0)
                _links[link.Previous - 1] = _links[link.Previous - 1] with { Next = link.Next };
            else
                _heads[Spread(hashCode) & _mask] = link.Next;
            if (link.Next > 0)
                _links[link.Next - 1] = _links[link.Next - 1] with { Previous = link.Previous };
            _links[key] = default;
        }

        /// <summary>Empties the table and makes room for that many keys; all have to be added again.</summary>
        public void Reset(int keys)
        {
            _heads = PagedArray<int>.Empty.Begin();
            _mask = (int)Math.Max(PagedArray<int>.PageSize, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keys)) - 1;
        }

        public KeyChains Complete() => new(_heads.Complete(), _links.Complete(), _mask);
    }
}
