using AiObs.Conversations.Guardrails.Matching;
using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Makes verdicts of what was found in texts.</summary>
internal static class PolicyHits
{
    /// <summary>What the end of a word or a group of base64 may take beyond a match.</summary>
    private const int Behind = 12;

    /// <summary>Looks at each text of a request.</summary>
    public static GuardrailVerdict In(GuardrailRequest request, Func<string, List<TextMatch>> find, CancellationToken cancellationToken)
    {
        List<GuardrailHit>? hits = null;
        for (var index = 0; index < request.Texts.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(ref hits, index, find(request.Texts[index].Value));
        }

        return hits is null ? GuardrailVerdict.Pass : new(hits);
    }

    /// <summary>Adds what was found in one text.</summary>
    public static void Add(ref List<GuardrailHit>? hits, int text, List<TextMatch> matches)
    {
        foreach (var match in matches)
        {
            (hits ??= []).Add(new(match.Name) { Text = text, Start = match.Start, Length = match.Length });
        }
    }

    /// <summary>Adds what was found in a view at its place in the text, unless it is longer there than can be held back.</summary>
    public static void Add(List<TextMatch> matches, in TextView view, string name, int start, int length, int? longest)
    {
        var place = view.Text.SpanOf(start, length);
        if (!view.IsDecoded || longest is null || place.Length + Behind <= longest)
        {
            TextMatch.Add(matches, new(name, place.Start, place.Length));
        }
    }

    /// <summary>Adds the places where too much is hidden for a word to be told.</summary>
    public static void AddHidden(List<TextMatch> matches, in TextView view, string name)
    {
        if (!view.IsDecoded)
        {
            foreach (var (start, length) in view.Text.HiddenRuns)
            {
                TextMatch.Add(matches, new(name, start, length));
            }
        }
    }
}
