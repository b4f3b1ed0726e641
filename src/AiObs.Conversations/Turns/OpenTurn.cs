using AiObs.Cost;
using AiObs.Guardrails;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>A turn that this process runs, as it last was in the store.</summary>
internal sealed class OpenTurn(Conversation conversation, TurnRecord record)
{
    public Conversation Conversation { get; set; } = conversation;

    public TurnRecord Record { get; set; } = record;

    /// <summary>Gets what the model is shown.</summary>
    public IReadOnlyList<ChatMessage> Sent { get; init; } = [];

    /// <summary>Gets what was stored of the question.</summary>
    public IReadOnlyList<StoredMessage> Question { get; init; } = [];

    public MemoryResult? Memory { get; init; }

    public IReadOnlyList<GuardrailFinding> Findings { get; set; } = [];

    /// <summary>Gets or sets what the turn has spent.</summary>
    public IReadOnlyList<CostRecord> Costs { get; set; } = [];

    /// <summary>Gets the id of the answer that is given anew.</summary>
    public string? ReplacesId { get; init; }

    /// <summary>Gets a value indicating whether the turn is on a branch that is not the present one.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Gets or sets a value indicating whether somebody else has written to the conversation since the turn was opened.</summary>
    public bool HasOthers { get; set; }

    /// <summary>Gets or sets a value indicating whether somebody else runs the turn, as its lease was over.</summary>
    public bool IsLost { get; set; }
}
