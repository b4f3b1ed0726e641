namespace AiObs.Conventions;

/// <summary>Our own attribute keys: facts that neither convention has a name for.</summary>
internal static class AiObsAttributes
{
    /// <summary>How a stream ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c> or <c>abandoned</c>.</summary>
    public const string StreamOutcome = "aiobs.stream.outcome";

    /// <summary>How many updates a stream delivered.</summary>
    public const string StreamChunks = "aiobs.stream.chunks";

    /// <summary>The tools that ran in an agent run, each once.</summary>
    public const string AgentToolsUsed = "aiobs.agent.tools_used";

    /// <summary>How many model calls an agent run made.</summary>
    public const string AgentIterations = "aiobs.agent.iterations";

    /// <summary>What a model call cost, in USD.</summary>
    public const string CostTotal = "aiobs.cost.total";

    /// <summary>How often a redaction rule replaced something; the suffix is the rule.</summary>
    public const string RedactionPrefix = "aiobs.redaction.";

    /// <summary>An option of the request that the application chose to record; the suffix is its key.</summary>
    public const string RequestPropertyPrefix = "aiobs.request.";
}
