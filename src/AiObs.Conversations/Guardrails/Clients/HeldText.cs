using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Lets a stream pass through one rule, and holds back what may still be part of a hit.</summary>
/// <param name="rule">The rule; its guardrail says how long a hit may be.</param>
/// <param name="clock">What its time limit goes by.</param>
/// <param name="requestOf">Makes a request of messages.</param>
/// <remarks>
/// A hit that begins within the last <see cref="IGuardrail.LongestMatch"/> characters may grow, or what stands behind it may make it none; one that begins before that is decided. The text of a message is looked at as
/// a whole, whatever updates and contents it came in, and so is its reasoning. Updates go on whole and in order; one that is longer than what is held back is cut in two.
/// </remarks>
internal sealed class HeldText(GuardrailRule rule, TimeProvider clock, Func<IReadOnlyList<ChatMessage>, GuardrailRequest> requestOf)
{
    private readonly int _longest = Math.Max(1, rule.Guardrail.LongestMatch!.Value);
    private readonly string _mark = Redactor.MarkOf(rule);
    private readonly MessageBounds _bounds = new();
    private readonly HeldSide[] _sides = [new(static content => content is TextContent), new(static content => content is TextReasoningContent)];
    private readonly List<ChatResponseUpdate> _waiting = [];

    /// <summary>Takes updates, and lets go what is decided.</summary>
    /// <param name="updates">What comes next.</param>
    /// <param name="isEnd">Whether nothing comes after it.</param>
    /// <param name="released">Gets what may go on.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What is refused for; then nothing more may go on. <see langword="null"/> where nothing is.</returns>
    public async ValueTask<HeldRefusal?> AddAsync(IReadOnlyList<ChatResponseUpdate> updates, bool isEnd, List<ChatResponseUpdate> released, CancellationToken cancellationToken)
    {
        foreach (var update in updates)
        {
            if (_bounds.Begins(update))
            {
                if (await ReleaseAsync(isEnd: true, released, cancellationToken).ConfigureAwait(false) is { } refusal)
                {
                    return refusal;
                }

                Array.ForEach(_sides, static side => side.Clear());
            }

            _waiting.Add(update);
            foreach (var content in update.Contents)
            {
                SideOf(content)?.Append(content);
            }
        }

        return await ReleaseAsync(isEnd, released, cancellationToken).ConfigureAwait(false);
    }

    private HeldSide? SideOf(AIContent content) => Array.Find(_sides, side => side.Has(content));

    private async ValueTask<HeldRefusal?> ReleaseAsync(bool isEnd, List<ChatResponseUpdate> released, CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        Array.ForEach(_sides, static side => side.HoldAll());
        if (Array.Exists(_sides, side => side.Waiting > (isEnd ? 0 : _longest))
            && (await LookAsync(isEnd, isWhole: false, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            return refusal;
        }

        var count = CountOfDecided();
        for (var index = 0; index < count; index++)
        {
            released.Add(Pass(_waiting[index]));
        }

        _waiting.RemoveRange(0, count);
        if (!isEnd && _waiting is [var first, ..] && Cut(first) is var (head, tail))
        {
            released.Add(Pass(head));
            _waiting[0] = tail;
        }

        return null;
    }

    /// <summary>Lets the guardrail look at what waits, with some of what has passed before it.</summary>
    private async ValueTask<HeldRefusal?> LookAsync(bool isEnd, bool isWhole, CancellationToken cancellationToken)
    {
        Array.ForEach(_sides, side => side.Open(isWhole ? int.MaxValue : Math.Max(HeldSide.ShortestContext, 2 * _longest)));
        var request = requestOf([new(ChatRole.Assistant, [new TextContent(_sides[0].Window), new TextReasoningContent(_sides[1].Window)])]);
        var check = await GuardrailCheck.RunHereAsync(rule, request, clock, cancellationToken).ConfigureAwait(false);
        var isPlaced = check.Failure is null && Place(request, check.Hits, isEnd);
        if (isPlaced && !isWhole && Array.Exists(_sides, static side => side.IsCutByHit))
        {
            // The guardrail sees more hits where it sees less of the text: only all of it tells which of them hold.
            return await LookAsync(isEnd, isWhole: true, cancellationToken).ConfigureAwait(false);
        }

        if (isPlaced && !(rule.Mode == GuardrailMode.Block && Array.Exists(_sides, static side => side.HasDecidedHit)))
        {
            return null;
        }

        (var finding, _, check) = GuardrailRunner.Conclude(rule, request, check);
        if (finding is { Mode: GuardrailMode.Block })
        {
            return new(rule, finding, check);
        }

        Array.ForEach(_sides, static side => side.LetAllGo());
        return null;
    }

    /// <summary>Gives each side its hits.</summary>
    /// <returns>Whether all of them say where they stand.</returns>
    private bool Place(GuardrailRequest request, IReadOnlyList<GuardrailHit> hits, bool isEnd)
    {
        var found = hits.ToLookup(hit => hit.Text is { } text && text >= 0 && text < request.Texts.Count ? request.Texts[text].Content : -1);
        return !found.Contains(-1) && _sides.Index().All(side => side.Item.Take(found[side.Index], isEnd ? 0 : _longest));
    }

    /// <summary>Counts the updates whose texts are decided, up to where no hit is cut in two.</summary>
    private int CountOfDecided()
    {
        var count = 0;
        Array.ForEach(_sides, static side => side.Rewind());
        for (var index = 0; index < _waiting.Count && _waiting[index].Contents.All(content => SideOf(content)?.Step(content) ?? true); index++)
        {
            count = Array.Exists(_sides, static side => side.IsInHit(side.Position)) ? count : index + 1;
        }

        return count;
    }

    /// <summary>Cuts an update in two where its text is decided that far and further than what is held back.</summary>
    private (ChatResponseUpdate Head, ChatResponseUpdate Tail)? Cut(ChatResponseUpdate update)
    {
        Array.ForEach(_sides, static side => side.Rewind());
        for (var index = 0; index < update.Contents.Count; index++)
        {
            var content = update.Contents[index];
            if (SideOf(content) is not { } side || (side.Position is var start && side.Step(content)))
            {
                continue;
            }

            var text = GuardrailTexts.TextOf(content);
            var length = side.Limit - start;
            if (length <= _longest || char.IsLowSurrogate(text[length]) || content.Annotations is { Count: > 0 }
                || Array.Exists(_sides, other => other != side && other.IsInHit(other.Position)))
            {
                return null;
            }

            var (head, tail) = (update.Clone(), update.Clone());
            head.Contents = [.. update.Contents.Take(index), Redactor.With(content, text[..length])];
            head.FinishReason = null;
            head.RawRepresentation = null;
            tail.Contents = [Redactor.With(content, text[length..]), .. update.Contents.Skip(index + 1)];
            tail.RawRepresentation = null;
            return (head, tail);
        }

        return null;
    }

    private ChatResponseUpdate Pass(ChatResponseUpdate update)
    {
        var contents = update.Contents.Select(content => SideOf(content)?.Pass(content, _mark) ?? content).ToList();
        if (contents.SequenceEqual(update.Contents, ReferenceEqualityComparer.Instance))
        {
            return update;
        }

        // What is said beside the text, such as the probabilities of its tokens, says it too.
        var changed = update.Clone();
        changed.Contents = contents;
        changed.RawRepresentation = null;
        changed.AdditionalProperties = null;
        return changed;
    }
}
