using System.Collections.Concurrent;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Reads the rows of a catalog file: all of them while an engine is made, single ones while it runs.</summary>
/// <param name="file">The file whose rows are read.</param>
/// <param name="dimensions">Dimensions per row.</param>
internal sealed class CatalogRows(CatalogFile file, int dimensions) : IRowSource, IDisposable
{
    private readonly string? _path = file.Path;
    private readonly Lock _reading = new();
    private readonly ConcurrentBag<CatalogFile> _idle = [];
    private CatalogFile? _single;
    private volatile int _generation;
    private volatile CatalogFile _owner = file;

    /// <summary>Gets whether single rows can be read while the file is written.</summary>
    public bool CanReadBeside => _path is not null;

    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll()
    {
        foreach (var (item, row) in _owner.Items.ReadAll(dimensions))
            yield return new(item.Key, row);
    }

    /// <summary>Reads the row as the file has it now.</summary>
    public bool TryRead(int key, Span<float> row)
    {
        lock (_reading)
        {
            _single ??= Open();
            return _single.Items.TryReadRow(key, row, out _);
        }
    }

    /// <summary>Begins to read rows that are all of one moment.</summary>
    public RowSession Begin()
    {
        if (!_idle.TryTake(out var reader))
            reader = Open();
        try
        {
            return new RowSession(this, reader, _generation);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads the file of another connection from now on.</summary>
    public void Reopen(CatalogFile owner)
    {
        _owner = owner;
        Reopen();
    }

    /// <summary>Opens connections anew from now on.</summary>
    public void Reopen()
    {
        lock (_reading)
        {
            _single?.Dispose();
            _single = null;
        }
        Interlocked.Increment(ref _generation);
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }

    /// <summary>Closes what is idle; what is in use is closed when it is returned.</summary>
    public void Dispose() => Reopen();

    /// <summary>Opens the engine's own file, never one that has replaced it: SQLite would put the old file's log into it.</summary>
    private CatalogFile Open()
    {
        _owner.RequireInPlace();
        return CatalogFile.Open(Path);
    }

    private string Path => _path ?? throw new InvalidOperationException("A temporary catalog cannot be read beside its engine.");

    private void Return(CatalogFile reader, int generation)
    {
        if (generation == _generation)
            _idle.Add(reader);
        else
            reader.Dispose();
    }

    /// <summary>Reads the rows of one moment: those that were there when it began, whatever is written meanwhile.</summary>
    internal sealed class RowSession : IDisposableRowSource
    {
        private readonly CatalogRows _owner;
        private readonly int _generation;
        private readonly IDisposable _reading;
        private CatalogFile? _reader;

        public RowSession(CatalogRows owner, CatalogFile reader, int generation)
        {
            (_owner, _reader, _generation) = (owner, reader, generation);
            _reading = reader.BeginReading();
            Position = reader.Guard(reader.Log.Read);
        }

        /// <summary>Gets the moment.</summary>
        public LogPosition Position { get; }

        /// <summary>
        /// Gets or sets the function that returns each item's checksum at the moment; a row with another one belongs to a file that has
        /// replaced this one.
        /// </summary>
        public Func<int, long>? Expected { get; set; }

        public bool TryRead(int key, Span<float> row)
        {
            if (!_reader!.Items.TryReadRow(key, row, out var checksum))
                return false;
            return Expected is null || Expected(key) == checksum ? true : throw new CatalogFileException(
                $"'{_reader.Name}' was replaced by another catalog while it was open. Put it back, or dispose this engine and open the "
                + "file anew.");
        }

        public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll() => throw new NotSupportedException();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _reader, null) is not { } reader)
                return;
            _reading.Dispose();
            _owner.Return(reader, _generation);
        }
    }
}
