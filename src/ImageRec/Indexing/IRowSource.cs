namespace ImageRec.Indexing;

/// <summary>Reads rows that are kept besides memory, such as those of the catalog file. Thread-safe.</summary>
public interface IRowSource
{
    /// <summary>Copies one row.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="row">d values, overwritten when the row is there.</param>
    /// <returns>Whether the row is there; a search that began before a removal may still ask for it.</returns>
    bool TryRead(int key, Span<float> row);

    /// <summary>Enumerates all rows, each once, preferably in the order they are stored in.</summary>
    /// <returns>Key and row (d values); the row may be overwritten when the enumeration moves on.</returns>
    IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll();
}
