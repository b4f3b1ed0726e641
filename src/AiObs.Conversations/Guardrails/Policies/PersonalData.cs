using AiObs.Conversations.Guardrails.Matching;
using AiObs.Privacy.Redaction;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Finds what redaction rules would replace, as far as that can be told from a piece of bounded length.</summary>
internal static class PersonalData
{
    /// <summary>How many characters decide whether a hit begins at a place, with those behind it that some rules look at.</summary>
    public const int LongestMatch = 512;

    private const int ToldWithin = LongestMatch - 64;

    /// <summary>Adds the hits in a text as it stands.</summary>
    public static void AddPlain(List<TextMatch> matches, string text, RedactionRule[] rules, RedactionRun run)
    {
        foreach (var hit in RedactionSearch.Find(rules, text, run, static (text, hit) => Accept(text, hit, Math.Min(text.Length, hit.Start + ToldWithin))))
        {
            TextMatch.Add(matches, new(hit.Rule.Name, hit.Start, hit.Length));
        }
    }

    /// <summary>Adds the hits in a view of a text at their places there.</summary>
    public static void Add(List<TextMatch> matches, TextView view, RedactionRule[] rules, RedactionRun run)
    {
        foreach (var hit in RedactionSearch.Find(rules, view.Text.Value, run, (text, hit) => Accept(text, hit, view.Text.CountUpTo(view.Text.SpanOf(hit.Start, 1).Start + ToldWithin))))
        {
            var (start, length) = view.Text.SpanOf(hit.Start, hit.Length);
            TextMatch.Add(matches, new(hit.Rule.Name, start, length));
        }
    }

    /// <summary>Returns how many characters of a hit count: all where it ends before a place, else what of it can be told there. Keys and tokens only grow from there on.</summary>
    private static int Accept(string text, in RedactionHit hit, int end)
    {
        if (hit.Start + hit.Length <= end)
        {
            return hit.Length;
        }

        var told = hit.Rule.FindNext(text[..end], hit.Start);
        return told.Length == 0 || told.Start != hit.Start ? 0 : hit.Rule.Name is "jwt" or "api_key" ? hit.Length : told.Length;
    }
}
