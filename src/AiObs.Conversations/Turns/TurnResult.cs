using AiObs.Cost;
using AiObs.Guardrails;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>What came of a turn.</summary>
public sealed record TurnResult
{
    internal TurnResult()
    {
    }

    /// <summary>Gets the answer; of a stream that was left, as much as was delivered.</summary>
    public required ChatResponse Response { get; init; }

    /// <summary>Gets the text of the answer.</summary>
    public string Text => Response.Text;

    /// <summary>Gets the id of the turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Gets the conversation as it is after the turn.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>Gets how the turn stands.</summary>
    public required TurnState State { get; init; }

    /// <summary>Gets a value indicating whether the turn was answered before: it is the stored answer, and no model was asked.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Gets a value indicating whether the answer is on a branch of its own that is not the present one, as somebody else went on with the conversation.</summary>
    public bool HasDiverged { get; init; }

    /// <summary>Gets the branch that the answer is on.</summary>
    public int Branch { get; init; }

    /// <summary>Gets the messages that the turn has stored: what was asked, and what was answered. None where it is a replay.</summary>
    public IReadOnlyList<StoredMessage> Messages { get; init; } = [];

    /// <summary>Gets what the model was shown of the conversation; <see langword="null"/> where it is a replay, or the answer of a call that was made before.</summary>
    public MemoryResult? Memory { get; init; }

    /// <summary>Gets what guardrails found in the turn: those of its own, and those of guarded clients and functions inside of its client.</summary>
    public IReadOnlyList<GuardrailFinding> Findings { get; init; } = [];

    /// <summary>Gets what the turn has spent: the record of each call of a model that ended within it, also of judges, summaries and tools, in the order in which they did.</summary>
    /// <value>None without cost tracking, and none where it is a replay: those of the first time are in the store, with <c>turn_id</c> in their <see cref="CostRecord.Metadata"/>.</value>
    public IReadOnlyList<CostRecord> Costs { get; init; } = [];

    /// <summary>Gets why the answer of a stream could not be stored; <see langword="null"/> where it is. A plain call throws a <see cref="TurnSaveException"/>.</summary>
    public Exception? SaveError { get; init; }
}
