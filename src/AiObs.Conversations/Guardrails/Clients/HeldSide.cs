using System.Text;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>The text of a message in a stream, or its reasoning: what has passed, what waits, and what is decided of it.</summary>
internal sealed class HeldSide(Func<AIContent, bool> has)
{
    /// <summary>How much of what has passed a guardrail is shown at least.</summary>
    public const int ShortestContext = 64;

    private readonly StringBuilder _text = new();
    private int _passed;
    private int _offset;
    private List<(int Start, int End)> _hits = [];

    /// <summary>Gets how many characters wait.</summary>
    public int Waiting => _text.Length - _passed;

    /// <summary>Gets what the guardrail is shown.</summary>
    public string Window { get; private set; } = "";

    /// <summary>Gets up to which character of the text all is decided.</summary>
    public int Limit { get; private set; }

    /// <summary>Gets where in the text the next content of an update begins, while updates are gone through.</summary>
    public int Position { get; private set; }

    public bool HasDecidedHit => _hits.Count > 0;

    /// <summary>Gets a value indicating whether a hit began in what has passed, although not all of that was shown.</summary>
    public bool IsCutByHit { get; private set; }

    public bool Has(AIContent content) => has(content);

    public void Append(AIContent content) => _text.Append(GuardrailTexts.TextOf(content));

    /// <summary>Begins the text of another message.</summary>
    public void Clear()
    {
        _text.Clear();
        _passed = 0;
    }

    public void HoldAll()
    {
        _hits = [];
        Limit = _passed;
    }

    public void LetAllGo()
    {
        _hits = [];
        Limit = _text.Length;
    }

    /// <summary>Shows what waits, and so much of what stands before it.</summary>
    public void Open(int context)
    {
        _offset = Math.Max(0, _passed - context);
        Window = _text.ToString(_offset, _text.Length - _offset);
    }

    /// <summary>Takes the hits in the window. Those that begin among the last characters are undecided.</summary>
    /// <returns>Whether all of them stand in it.</returns>
    public bool Take(IEnumerable<GuardrailHit> hits, int undecided)
    {
        var decided = _text.Length - undecided;
        (_hits, IsCutByHit, Limit) = ([], false, Math.Max(decided, _passed));
        if (!hits.Any())
        {
            return true;
        }

        var found = hits.Select(hit => hit with { Start = hit.Start + _offset }).ToList();
        if (found.Exists(hit => hit.Start < _offset) || Redactor.RangesOf(found, _text.Length) is null)
        {
            return false;
        }

        // What has passed was decided with what stood around it: a hit in it is none.
        var ranges = Redactor.RangesOf(found.Where(hit => hit.Start < decided), _text.Length)!.Where(range => range.End > _passed).ToList();
        IsCutByHit = _offset > 0 && ranges is [var first, ..] && first.Start < _passed;
        _hits = [.. ranges.Select(range => (Math.Max(range.Start, _passed), range.End))];
        Limit = Math.Max(Limit, _hits is [.., var last] ? last.End : 0);
        if (found.Where(hit => hit.Start >= decided && hit.Start < Limit).Any())
        {
            // It may become one with the last of them.
            Limit = _hits[^1].Start;
            _hits.RemoveAt(_hits.Count - 1);
        }

        return true;
    }

    public void Rewind() => Position = _passed;

    /// <summary>Goes to behind a content.</summary>
    /// <returns>Whether all of it is decided; else it stays where it was.</returns>
    public bool Step(AIContent content)
    {
        var end = Position + GuardrailTexts.TextOf(content).Length;
        if (end > Limit)
        {
            return false;
        }

        Position = end;
        return true;
    }

    public bool IsInHit(int position) => _hits.Exists(hit => hit.Start < position && position < hit.End);

    /// <summary>Lets a content pass: the very object, or a copy where something in it is replaced.</summary>
    public AIContent Pass(AIContent content, string mark)
    {
        var text = GuardrailTexts.TextOf(content);
        var replaced = _hits.Count == 0 ? text : Redactor.Replace(text, _passed, _hits, mark);
        _passed += text.Length;
        return replaced == text ? content : Redactor.With(content, replaced);
    }
}
