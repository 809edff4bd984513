namespace ImageRec.Indexing;

/// <summary>Where each key's row lies. Immutable: a change makes a map that shares all pages it did not touch.</summary>
internal sealed class PlaceMap
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private readonly RowPlace[]?[] _pages;

    private PlaceMap(RowPlace[]?[] pages) => _pages = pages;

    public static PlaceMap Empty { get; } = new([]);

    /// <summary>Memory held.</summary>
    public unsafe long Bytes => _pages.Length * (long)sizeof(nint) + _pages.Count(page => page != null) * (long)PageSize * sizeof(RowPlace);

    public RowPlace this[int key]
    {
        get
        {
            var page = key >> PageBits;
            return (uint)page < (uint)_pages.Length && _pages[page] is { } places ? places[key & (PageSize - 1)] : RowPlace.None;
        }
    }

    /// <summary>Begins a change.</summary>
    public Change Begin() => new(_pages);

    internal sealed class Change(RowPlace[]?[] pages)
    {
        private readonly RowPlace[]?[] _before = pages;
        private RowPlace[]?[] _pages = (RowPlace[]?[])pages.Clone();

        public RowPlace this[int key]
        {
            get => key >> PageBits < _pages.Length && _pages[key >> PageBits] is { } places ? places[key & (PageSize - 1)] : RowPlace.None;
            set => Own(key >> PageBits)[key & (PageSize - 1)] = value;
        }

        public PlaceMap Complete() => new(_pages);

        private RowPlace[] Own(int page)
        {
            if (page >= _pages.Length)
                Array.Resize(ref _pages, page + 1);
            var before = page < _before.Length ? _before[page] : null;
            if (_pages[page] == null)
                return _pages[page] = new RowPlace[PageSize];
            if (ReferenceEquals(_pages[page], before))
                _pages[page] = (RowPlace[])before!.Clone();
            return _pages[page]!;
        }
    }
}
