namespace AiObs.Conventions;

/// <summary>Our own attribute keys: facts that neither convention has a name for.</summary>
internal static class AiObsAttributes
{
    /// <summary>How a stream ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>abandoned</c> or <c>budget</c>.</summary>
    public const string StreamOutcome = "aiobs.stream.outcome";

    /// <summary>How many updates a stream delivered.</summary>
    public const string StreamChunks = "aiobs.stream.chunks";

    /// <summary>The tools that ran in an agent run, each once.</summary>
    public const string AgentToolsUsed = "aiobs.agent.tools_used";

    /// <summary>How many model calls an agent run made.</summary>
    public const string AgentIterations = "aiobs.agent.iterations";

    /// <summary>The tokens that another library added up on its agent span; the suffix is what it counted, such as <c>input_tokens</c>.</summary>
    public const string AgentUsagePrefix = "aiobs.agent.usage.";

    /// <summary>How many inputs an embedding request had.</summary>
    public const string EmbeddingsInputCount = "aiobs.embeddings.input_count";

    /// <summary>How many messages of a request are not recorded; only where the number of recorded messages is limited and some were left out.</summary>
    public const string InputUnrecordedMessages = "aiobs.input.unrecorded_messages";

    /// <summary>What a model call cost, in USD.</summary>
    public const string CostTotal = "aiobs.cost.total";

    /// <summary>Where the price came from: <c>call</c>, <c>options</c>, <c>file</c>, <c>custom</c>, <c>table</c> or <c>reported</c>.</summary>
    public const string CostSource = "aiobs.cost.source";

    /// <summary>How far the amount can be trusted: <c>exact</c>, <c>estimated</c>, <c>partial</c>, or <c>unpriced</c> where there is none.</summary>
    public const string CostCompleteness = "aiobs.cost.completeness";

    /// <summary>The rule of the price data that was matched: the source's id of the model.</summary>
    public const string CostRule = "aiobs.cost.rule";

    /// <summary>How many attempts a model call took; only where one failed before another.</summary>
    public const string AttemptCount = "aiobs.attempt.count";

    /// <summary>The HTTP status of the last attempt of a call that took several.</summary>
    public const string AttemptLastStatus = "aiobs.attempt.last_status";

    /// <summary>The name of the span event of an attempt that failed.</summary>
    public const string AttemptFailedEvent = "aiobs.attempt.failed";

    /// <summary>Which attempt failed, counted from 1; on the event of the attempt.</summary>
    public const string AttemptNumber = "aiobs.attempt.number";

    /// <summary>The id that the provider gave the request, to ask its support with.</summary>
    public const string ResponseRequestId = "aiobs.response.request_id";

    /// <summary>How many seconds the provider asked to wait before the next request.</summary>
    public const string ResponseRetryAfter = "aiobs.response.retry_after";

    /// <summary>The status of a response that runs on in the background when its call ends: <c>queued</c> or <c>in_progress</c>.</summary>
    public const string ResponseStatus = "aiobs.response.status";

    /// <summary>How often a redaction rule replaced something; the suffix is the rule.</summary>
    public const string RedactionPrefix = "aiobs.redaction.";

    /// <summary>An option of the request that the application chose to record; the suffix is its key.</summary>
    public const string RequestPropertyPrefix = "aiobs.request.";

    /// <summary>The policy that a call violated, such as <c>budget</c>.</summary>
    public const string PolicyName = "aiobs.policy.name";

    /// <summary>Why a policy was violated, in words.</summary>
    public const string PolicyReason = "aiobs.policy.reason";

    /// <summary>The name of a budget.</summary>
    public const string BudgetName = "aiobs.budget.name";

    /// <summary>Whose spend a budget limits: <c>global</c>, <c>user</c>, <c>conversation</c>, <c>session</c> or <c>tag</c>.</summary>
    public const string BudgetScope = "aiobs.budget.scope";

    /// <summary>The user, conversation, session or tag whose account it is. Never on metrics.</summary>
    public const string BudgetKey = "aiobs.budget.key";

    /// <summary>What a budget does with calls that it has not enough for: <c>block</c>, <c>warn</c> or <c>shadow</c>.</summary>
    public const string BudgetMode = "aiobs.budget.mode";

    /// <summary>What the amounts of a budget are in: <c>usd</c> or <c>tokens</c>.</summary>
    public const string BudgetUnit = "aiobs.budget.unit";

    /// <summary>What may be spent.</summary>
    public const string BudgetLimit = "aiobs.budget.limit";

    /// <summary>What was spent.</summary>
    public const string BudgetSpent = "aiobs.budget.spent";

    /// <summary>What was set aside for running calls.</summary>
    public const string BudgetReserved = "aiobs.budget.reserved";

    /// <summary>What the call was expected to take.</summary>
    public const string BudgetRequested = "aiobs.budget.requested";

    /// <summary>When the budget resets, in ISO 8601.</summary>
    public const string BudgetResetsAt = "aiobs.budget.resets_at";

    /// <summary>Over which time a burn rate was measured: <c>fast</c> or <c>slow</c>.</summary>
    public const string BudgetBurnWindow = "aiobs.budget.burn_window";

    /// <summary>The part of the limit, or the burn rate, that was reached.</summary>
    public const string BudgetThreshold = "aiobs.budget.threshold";

    /// <summary>How many times faster than evenly a budget is used up.</summary>
    public const string BudgetRate = "aiobs.budget.rate";

    /// <summary>For how many seconds what is left of a budget lasts at this rate.</summary>
    public const string BudgetExhaustedIn = "aiobs.budget.exhausted_in";

    /// <summary>What a rate limit counts: <c>requests</c>, <c>tokens</c>, <c>input_tokens</c> or <c>output_tokens</c>.</summary>
    public const string RateLimitKind = "aiobs.ratelimit.kind";

    /// <summary>The turn of a stored conversation.</summary>
    public const string TurnId = "aiobs.turn.id";

    /// <summary>How a turn stands: <c>open</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>abandoned</c>, <c>refused</c> or <c>awaiting_tools</c>.</summary>
    public const string TurnState = "aiobs.turn.state";

    /// <summary>Whether a turn was answered before, and the stored answer is given again.</summary>
    public const string TurnReplayed = "aiobs.turn.replayed";

    /// <summary>Whether the answer is on a branch of its own, as somebody else went on meanwhile.</summary>
    public const string TurnDiverged = "aiobs.turn.diverged";

    /// <summary>Whether a turn was streamed.</summary>
    public const string TurnStreaming = "aiobs.turn.streaming";

    /// <summary>How many tokens a conversation takes before memory.</summary>
    public const string MemoryTokensBefore = "aiobs.memory.tokens_before";

    /// <summary>How many tokens a model is shown of it.</summary>
    public const string MemoryTokensAfter = "aiobs.memory.tokens_after";

    /// <summary>When tokens were counted: <c>before</c> memory, or <c>after</c> it.</summary>
    public const string MemoryPhase = "aiobs.memory.phase";

    /// <summary>The strategy of memory that changed something.</summary>
    public const string MemoryStrategy = "aiobs.memory.strategy";

    /// <summary>What memory did with a message: <c>dropped</c>, <c>summarized</c>, <c>trimmed</c> or <c>repaired</c>.</summary>
    public const string MemoryAction = "aiobs.memory.action";

    /// <summary>Where a guardrail looked: <c>input</c>, <c>tool_call</c>, <c>tool_result</c> or <c>output</c>.</summary>
    public const string GuardrailStage = "aiobs.guardrail.stage";

    /// <summary>What follows when a guardrail finds something: <c>block</c>, <c>redact</c>, <c>warn</c> or <c>shadow</c>.</summary>
    public const string GuardrailMode = "aiobs.guardrail.mode";

    /// <summary>What followed: <c>pass</c>, <c>blocked</c>, <c>redacted</c>, <c>warned</c>, <c>shadowed</c> or <c>failed</c>.</summary>
    public const string GuardrailOutcome = "aiobs.guardrail.outcome";

    /// <summary>How sure a guardrail is of what it found, between 0 and 1.</summary>
    public const string GuardrailScore = "aiobs.guardrail.score";

    /// <summary>How many things a guardrail found.</summary>
    public const string GuardrailHits = "aiobs.guardrail.hits";

    /// <summary>Why a span was exported by a sampler that keeps interesting traces, or on metrics why it was not.</summary>
    public const string SamplingReason = "aiobs.sampling.reason";

    /// <summary>The part of such spans that was exported: 1 divided by it is how many this one stands for.</summary>
    public const string SamplingRatio = "aiobs.sampling.ratio";
}
