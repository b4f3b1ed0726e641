using AiObs.Conversations.Guardrails.Matching;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Checks names and lists of words that policies are given.</summary>
internal static class PolicyWords
{
    /// <exception cref="ArgumentException">There is none, or one has nothing that can be seen.</exception>
    public static string[] Check(IEnumerable<string> words, string parameter)
    {
        string[] all = [.. words];
        if (all.Length == 0)
        {
            throw new ArgumentException("There must be at least one word.", parameter);
        }

        CheckEach(all, parameter);
        return all;
    }

    /// <exception cref="ArgumentException">One has nothing that can be seen.</exception>
    public static IReadOnlyList<string> CheckEach(IReadOnlyList<string> words, string parameter)
    {
        ArgumentNullException.ThrowIfNull(words, parameter);
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index] is not { } word || TextNormalizer.Fold(word).Length == 0)
            {
                throw new ArgumentException($"Word {index} has nothing that can be seen.", parameter);
            }
        }

        return words;
    }

    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static string CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name;
    }
}
