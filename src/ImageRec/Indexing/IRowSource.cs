namespace ImageRec.Indexing;

/// <summary>Where rows are kept besides memory, such as the catalogue file. Thread-safe.</summary>
public interface IRowSource
{
    /// <summary>Copies one row.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="row">d numbers, overwritten when the row is there.</param>
    /// <returns>Whether it is there; a search that began before a removal may still ask.</returns>
    bool TryRead(int key, Span<float> row);

    /// <summary>All rows, each once, preferably in the order they are stored in.</summary>
    /// <returns>Key and row (d numbers); the row may be overwritten when the next is asked for.</returns>
    IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll();
}
