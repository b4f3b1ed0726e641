namespace AiObs.Privacy.Redaction;

/// <summary>Finds what rules would replace, and leaves the text as it is.</summary>
internal static class RedactionSearch
{
    /// <summary>Finds what rules would replace.</summary>
    /// <param name="rules">The rules, in their order: what one has found is hidden from the next as if it were replaced.</param>
    /// <param name="text">The text.</param>
    /// <param name="run">What limits the time.</param>
    /// <param name="accept">Returns how many characters of a hit count; 0 for none. It is given the text as the rule saw it.</param>
    /// <exception cref="TimeoutException">The time of the run is up.</exception>
    public static List<RedactionHit> Find(RedactionRule[] rules, string text, RedactionRun run, Func<string, RedactionHit, int> accept)
    {
        List<RedactionHit> hits = [];
        foreach (var rule in rules)
        {
            run.ThrowIfLate();
            var before = hits.Count;
            Find(rule, text, run, accept, hits);
            text = Hide(text, hits, before);
        }

        return hits;
    }

    private static void Find(RedactionRule rule, string text, RedactionRun run, Func<string, RedactionHit, int> accept, List<RedactionHit> hits)
    {
        var from = 0;
        while (rule.FindNext(text, from) is { Length: > 0 } hit)
        {
            var length = accept(text, hit);
            if (length > 0)
            {
                hits.Add(hit with { Length = length });
            }

            from = hit.Start + Math.Max(1, length);
            run.ThrowIfLate();
        }
    }

    /// <summary>Puts something in the place of hits that is as long, and begins and ends as a placeholder does.</summary>
    private static string Hide(string text, List<RedactionHit> hits, int first)
    {
        if (first == hits.Count)
        {
            return text;
        }

        var characters = text.ToCharArray();
        foreach (var hit in hits.Skip(first))
        {
            var place = characters.AsSpan(hit.Start, hit.Length);
            place.Clear();
            (place[0], place[^1]) = ('[', ']');
        }

        return new(characters);
    }
}
