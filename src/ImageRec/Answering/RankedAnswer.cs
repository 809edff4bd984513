namespace ImageRec.Answering;

/// <summary>Holds an answer on its way through the rules.</summary>
/// <param name="Answer">The item, its similarity and the rules that have touched it.</param>
/// <param name="Level">What it is ranked by first: the place of its category, where categories come first.</param>
/// <param name="Rank">The score that ranks within a level.</param>
internal readonly record struct RankedAnswer<TItem>(Recommendation<TItem> Answer, int Level, float Rank);
