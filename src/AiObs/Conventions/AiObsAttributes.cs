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

    /// <summary>What a model call cost, in USD.</summary>
    public const string CostTotal = "aiobs.cost.total";

    /// <summary>Where the price came from: <c>call</c>, <c>options</c>, <c>file</c>, <c>custom</c>, <c>table</c> or <c>reported</c>.</summary>
    public const string CostSource = "aiobs.cost.source";

    /// <summary>How far the amount can be trusted: <c>exact</c>, <c>estimated</c>, <c>partial</c>, or <c>unpriced</c> where there is none.</summary>
    public const string CostCompleteness = "aiobs.cost.completeness";

    /// <summary>The rule of the price data that was matched: the source's id of the model.</summary>
    public const string CostRule = "aiobs.cost.rule";

    /// <summary>How often a redaction rule replaced something; the suffix is the rule.</summary>
    public const string RedactionPrefix = "aiobs.redaction.";

    /// <summary>An option of the request that the application chose to record; the suffix is its key.</summary>
    public const string RequestPropertyPrefix = "aiobs.request.";
}
