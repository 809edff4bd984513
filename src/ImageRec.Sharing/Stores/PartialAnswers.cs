using System.Collections;

namespace ImageRec.Sharing.Stores;

/// <summary>Holds answers that lack what some shards have.</summary>
/// <param name="answers">What the other shards have given.</param>
/// <param name="missing">Numbers of the shards, ascending.</param>
internal sealed class PartialAnswers<TItem>(IReadOnlyList<Recommendation<TItem>> answers, IReadOnlyList<int> missing)
    : IReadOnlyList<Recommendation<TItem>>
{
    public IReadOnlyList<int> Missing => missing;

    public int Count => answers.Count;

    public Recommendation<TItem> this[int index] => answers[index];

    public IEnumerator<Recommendation<TItem>> GetEnumerator() => answers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
