using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>What a model is shown of a conversation, and how that came about.</summary>
public sealed record MemoryResult
{
    internal MemoryResult()
    {
    }

    /// <summary>Gets the messages, ready for a model.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Gets one decision for each message that went in, in order, and one for each that memory made.</summary>
    /// <remarks>Where the first strategy needs the newest messages of a long conversation alone, the older ones are not read and have none.</remarks>
    public required IReadOnlyList<MemoryDecision> Decisions { get; init; }

    /// <summary>Gets what failed and was done without.</summary>
    public required IReadOnlyList<MemoryFailure> Failures { get; init; }

    /// <summary>Gets how many tokens the messages that went in take.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>Gets how many tokens <see cref="Messages"/> take.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Gets a value indicating whether the tokens are an estimate, and not the provider's or a tokenizer's count.</summary>
    public required bool IsEstimate { get; init; }

    /// <summary>Gets the SHA-256 over the ids of <see cref="Messages"/>, in order, in lower-case hexadecimal digits; what a message says takes the place of an id that it has not.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the turn on which the decisions are kept; <see langword="null"/> where no conversation keeps them.</summary>
    public string? TurnId { get; init; }

    /// <summary>Gets a value indicating whether the model is shown anything else than what went in.</summary>
    public bool HasChanged => Unread is not null || Decisions.Any(static decision => decision.Action is not (MemoryAction.Kept or MemoryAction.Pinned or MemoryAction.Injected));

    /// <summary>Gets what was dropped without being read.</summary>
    internal MemoryRange? Unread { get; init; }

    internal string? Model { get; init; }

    internal int? ContextWindow { get; init; }

    /// <summary>Compares with what a model was shown before.</summary>
    /// <param name="earlier">The earlier result for the same conversation.</param>
    /// <returns>What entered, left and changed, by message id. Messages without an id are compared with none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="earlier"/> is <see langword="null"/>.</exception>
    public MemoryDiff DiffFrom(MemoryResult earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var before = ById(earlier);
        var now = ById(this);
        var entered = now.Values.Where(decision => decision.IsShown && before.GetValueOrDefault(decision.MessageId!) is not { IsShown: true });
        var changed = now.Values.Where(decision =>
            before.GetValueOrDefault(decision.MessageId!) is { } old && old.IsShown == decision.IsShown && (old.Action, old.Strategy) != (decision.Action, decision.Strategy));
        var left = before.Values.Where(static decision => decision.IsShown)
            .Select(decision => now.GetValueOrDefault(decision.MessageId!) ?? decision with { Action = MemoryAction.Dropped, Strategy = null, Reason = "it is not among the messages any more", IsShown = false })
            .Where(static decision => !decision.IsShown);
        return new([.. entered], [.. left], [.. changed]);
    }

    /// <summary>Returns what is kept of it on a turn: decisions alike on messages that follow each other become one.</summary>
    internal MemoryRecord ToRecord()
    {
        List<MemoryRange> ranges = Unread is null ? [] : [Unread];
        foreach (var decision in Decisions)
        {
            if (ranges is [.., { LastSequence: { } last } range]
                && range != Unread
                && decision.Sequence == last + 1
                && (range.Action, range.Strategy, range.Reason) == (decision.Action, decision.Strategy, decision.Reason))
            {
                ranges[^1] = range with { LastSequence = decision.Sequence, TokenCount = range.TokenCount + decision.TokenCount };
            }
            else
            {
                ranges.Add(new(decision.Sequence, decision.Sequence, decision.Action, decision.Strategy, decision.Reason, decision.TokenCount));
            }
        }

        return new()
        {
            Decisions = ranges,
            TokensBefore = TokensBefore,
            TokensAfter = TokensAfter,
            IsEstimate = IsEstimate,
            Model = Model,
            ContextWindow = ContextWindow,
            Fingerprint = Fingerprint,
        };
    }

    private static Dictionary<string, MemoryDecision> ById(MemoryResult result)
    {
        var decisions = new Dictionary<string, MemoryDecision>(StringComparer.Ordinal);
        foreach (var decision in result.Decisions)
        {
            if (decision.MessageId is { } id)
            {
                decisions.TryAdd(id, decision);
            }
        }

        return decisions;
    }
}
