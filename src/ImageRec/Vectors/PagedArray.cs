using System.Runtime.CompilerServices;

namespace ImageRec.Vectors;

/// <summary>
/// Holds an array without a fixed length, default where nothing was set. Immutable: a change makes another that shares all pages it did not
/// touch.
/// </summary>
internal sealed class PagedArray<T>
{
    private const int PageBits = 10;
    private readonly T[]?[] _pages;

    private PagedArray(T[]?[] pages) => _pages = pages;

    /// <summary>Elements per page.</summary>
    public const int PageSize = 1 << PageBits;

    public static PagedArray<T> Empty { get; } = new([]);

    /// <summary>One more than the highest index that may have been set.</summary>
    public int Length => _pages.Length * PageSize;

    public int Pages => _pages.Length;

    /// <summary>Bytes of memory held, without what elements refer to.</summary>
    public long Bytes => _pages.Length * (long)nint.Size + _pages.Count(page => page != null) * (long)PageSize * Unsafe.SizeOf<T>();

    /// <param name="index">0 or more.</param>
    public T? this[int index]
    {
        get
        {
            var page = index >> PageBits;
            return (uint)page < (uint)_pages.Length && _pages[page] is { } elements ? elements[index & (PageSize - 1)] : default;
        }
    }

    /// <summary>Returns the elements of a page; empty where nothing was set.</summary>
    public ReadOnlySpan<T> Page(int page) => page < _pages.Length ? _pages[page] : default;

    /// <summary>Returns whether a page is the very same in both, so that nothing in it differs.</summary>
    public bool SharesPage(PagedArray<T> other, int page) =>
        ReferenceEquals(page < _pages.Length ? _pages[page] : null, page < other._pages.Length ? other._pages[page] : null);

    /// <summary>Begins a change.</summary>
    public Change Begin() => new(_pages);

    internal sealed class Change(T[]?[] before)
    {
        private readonly HashSet<int> _touched = [];
        private T[]?[] _pages = (T[]?[])before.Clone();

        public T? this[int index]
        {
            get => index >> PageBits < _pages.Length && _pages[index >> PageBits] is { } elements
                ? elements[index & (PageSize - 1)]
                : default;
            set => Own(index >> PageBits)[index & (PageSize - 1)] = value!;
        }

        /// <summary>Returns the array with the changes; pages of which nothing is left are dropped.</summary>
        public PagedArray<T> Complete()
        {
            foreach (var page in _touched)
                if (Array.TrueForAll(_pages[page]!, element => EqualityComparer<T>.Default.Equals(element, default)))
                    _pages[page] = null;
            _touched.Clear();
            return new(_pages);
        }

        private T[] Own(int page)
        {
            if (page >= _pages.Length)
                Array.Resize(ref _pages, page + 1);
            if (_touched.Contains(page))
                return _pages[page]!;
            _touched.Add(page);
            return _pages[page] = _pages[page] is { } elements ? (T[])elements.Clone() : new T[PageSize];
        }
    }
}
