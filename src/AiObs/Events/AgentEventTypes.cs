namespace AiObs.Events;

/// <summary>The built-in event types; any other text is a type of the application's own.</summary>
public static class AgentEventTypes
{
    /// <summary>A conversation came into being; raised by conversation stores.</summary>
    public const string ConversationCreated = "conversation_created";

    /// <summary>What is known of a conversation was changed, or another of its branches is the present one.</summary>
    public const string ConversationUpdated = "conversation_updated";

    /// <summary>A conversation was hidden or erased.</summary>
    public const string ConversationDeleted = "conversation_deleted";

    /// <summary>A hidden conversation is there again.</summary>
    public const string ConversationRestored = "conversation_restored";

    /// <summary>A conversation has a new branch.</summary>
    public const string ConversationForked = "conversation_forked";

    /// <summary>A model was called: the user messages after the last message of the assistant. Or a message came into a stored conversation.</summary>
    public const string MessageSent = "message_sent";

    /// <summary>A model answered.</summary>
    public const string ResponseReceived = "response_received";

    /// <summary>A tool ran.</summary>
    public const string ToolCalled = "tool_called";

    /// <summary>A conversation's history was shortened; raised by conversation stores.</summary>
    public const string MemoryTrimmed = "memory_trimmed";

    /// <summary>A strategy of memory failed.</summary>
    public const string MemoryFailed = "memory_failed";

    /// <summary>A guardrail refused a message of a stored conversation.</summary>
    public const string MessageRejected = "message_rejected";

    /// <summary>A turn of a stored conversation has its answer, or waits for tools that the caller runs.</summary>
    public const string TurnCompleted = "turn_completed";

    /// <summary>A turn of a stored conversation failed, was refused or cancelled, or its stream was left.</summary>
    public const string TurnFailed = "turn_failed";

    /// <summary>Somebody else went on with a conversation meanwhile, so that an answer is on a branch of its own.</summary>
    public const string TurnDiverged = "turn_diverged";

    /// <summary>A policy, such as a budget or a guardrail, refused, changed or warned of something.</summary>
    public const string PolicyViolation = "policy_violation";

    /// <summary>A guardrail that is only tried out found something; nothing was refused or changed.</summary>
    public const string GuardrailShadowed = "guardrail_shadowed";

    /// <summary>A call was priced.</summary>
    public const string CostRecorded = "cost_recorded";

    /// <summary>A model call failed or was cancelled, or its stream was abandoned.</summary>
    public const string CallFailed = "call_failed";

    /// <summary>A client refused a model call before anything was sent: an argument was wrong, or there was no credential.</summary>
    public const string CallRefused = "call_refused";

    /// <summary>A stream delivered one more update; raised only with <see cref="EventOptions.ChunkEvents"/>.</summary>
    public const string ChunkReceived = "chunk_received";

    /// <summary>A model call, a tool or an agent took longer than <see cref="EventOptions.SlowCallThreshold"/>.</summary>
    public const string SlowCall = "slow_call";

    /// <summary>A model call, or what runs inside of a tool or an agent, cost more than <see cref="EventOptions.ExpensiveCallThreshold"/>.</summary>
    public const string ExpensiveCall = "expensive_call";

    /// <summary>Content was erased from an event log; raised by the log itself.</summary>
    public const string ContentErased = "content_erased";

    /// <summary>The oldest events of an event log were dropped by a rule; raised by the log itself.</summary>
    public const string RetentionApplied = "retention_applied";

    /// <summary>A part of a budget's limit is spent, or a budget is used up faster than it should be.</summary>
    public const string BudgetThreshold = "budget_threshold";

    /// <summary>An agent has run; how it ended, and what the calls inside took.</summary>
    public const string AgentCompleted = "agent_completed";

    /// <summary>An agent handed the work to another one.</summary>
    public const string AgentHandoff = "agent_handoff";

    /// <summary>Somebody said what an answer is worth.</summary>
    public const string FeedbackReceived = "feedback_received";

    /// <summary>Somebody looked at a page of the dashboard; raised where its options ask for that.</summary>
    public const string DashboardViewed = "dashboard_viewed";

    /// <summary>Something is known of a user from now on.</summary>
    public const string FactSaved = "fact_saved";

    /// <summary>Something that was known of a user is believed no longer, and nothing took its place.</summary>
    public const string FactEnded = "fact_ended";

    /// <summary>A conversation was read for facts about its user.</summary>
    public const string FactsExtracted = "facts_extracted";

    /// <summary>The profile of a user was written anew.</summary>
    public const string ProfileUpdated = "profile_updated";

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ConversationCreated, ConversationUpdated, ConversationDeleted, ConversationRestored, ConversationForked, MessageSent, ResponseReceived, ToolCalled, MemoryTrimmed, MemoryFailed, MessageRejected, TurnCompleted, TurnFailed, TurnDiverged, PolicyViolation, GuardrailShadowed, CostRecorded, CallFailed, CallRefused,
        ChunkReceived, SlowCall, ExpensiveCall, ContentErased, RetentionApplied,
        BudgetThreshold, AgentCompleted, AgentHandoff, FeedbackReceived, DashboardViewed, FactSaved, FactEnded, FactsExtracted, ProfileUpdated,
    ];
}
