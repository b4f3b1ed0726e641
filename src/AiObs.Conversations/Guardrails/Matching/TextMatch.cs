namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Something that was found in a text.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct TextMatch(string Name, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>Adds a match; those that share characters with it become one with it, under the name of the first.</summary>
    public static void Add(List<TextMatch> matches, TextMatch match)
    {
        for (var index = matches.Count - 1; index >= 0; index--)
        {
            var other = matches[index];
            if (other.Start < match.End && match.Start < other.End)
            {
                var start = Math.Min(other.Start, match.Start);
                match = new(other.Name, start, Math.Max(other.End, match.End) - start);
                matches.RemoveAt(index);
            }
        }

        matches.Add(match);
    }
}
