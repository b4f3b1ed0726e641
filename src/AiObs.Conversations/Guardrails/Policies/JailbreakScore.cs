using AiObs.Conversations.Guardrails.Matching;
using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Adds up the signs of a jailbreak over texts.</summary>
internal sealed class JailbreakScore(JailbreakSigns signs)
{
    private readonly GuardrailHit?[] _found = new GuardrailHit?[signs.All.Length];
    private bool _isDecoded;

    /// <summary>Gets the sum, between 0 and 1.</summary>
    public double Value => Math.Min(10, signs.All.Where((_, index) => _found[index] is not null).Sum(static sign => sign.Weight) + (_isDecoded ? JailbreakSigns.WhenDecoded : 0)) / 10.0;

    /// <summary>Gets the signs that were found, each with the sum: together they are what was found.</summary>
    public IReadOnlyList<GuardrailHit> Hits => [.. _found.OfType<GuardrailHit>().Select(hit => hit with { Score = Value })];

    /// <summary>Looks for the signs that were not found before.</summary>
    public void Add(int? place, string text)
    {
        foreach (var view in TextView.Of(text, TextForm.Folded, int.MaxValue))
        {
            Add(place, view, view.Text.Value);
            if (DigitLetters.Read(view.Text.Value) is { } read)
            {
                Add(place, view, read);
            }
        }
    }

    private void Add(int? place, in TextView view, string folded)
    {
        for (var index = 0; index < _found.Length; index++)
        {
            if (_found[index] is null && signs.All[index].Phrases.FindIn(folded) is { } match)
            {
                var (start, length) = view.Text.SpanOf(match.Start, match.Length);
                _found[index] = place is null ? new(signs.All[index].Reason) : new GuardrailHit(signs.All[index].Reason) { Text = place, Start = start, Length = length };
                _isDecoded |= view.IsDecoded;
            }
        }
    }
}
