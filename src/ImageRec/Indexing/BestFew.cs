namespace ImageRec.Indexing;

/// <summary>Keeps the few largest of many values, in descending order.</summary>
internal static unsafe class BestFew
{
    /// <summary>Inserts an item, if it is among the largest.</summary>
    /// <param name="item">The item.</param>
    /// <param name="value">Its value.</param>
    /// <param name="items">The items so far, room for capacity.</param>
    /// <param name="values">Their values, descending.</param>
    /// <param name="count">How many there are so far.</param>
    /// <param name="capacity">How many are kept.</param>
    public static void Insert(int item, float value, int* items, float* values, ref int count, int capacity)
    {
        if (count == capacity && value <= values[capacity - 1])
            return;
        var i = count < capacity ? count++ : capacity - 1;
        for (; i > 0 && values[i - 1] < value; i--)
            (values[i], items[i]) = (values[i - 1], items[i - 1]);
        (values[i], items[i]) = (value, item);
    }
}
