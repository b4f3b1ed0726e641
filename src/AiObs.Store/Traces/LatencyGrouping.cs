namespace AiObs.Store;

/// <summary>By what durations are told apart.</summary>
public enum LatencyGrouping
{
    /// <summary>The kind of operation, by its name, such as <c>Chat</c>.</summary>
    Operation,

    /// <summary>The model.</summary>
    Model,

    /// <summary>Who served the call.</summary>
    Provider,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The tool.</summary>
    Tool,
}
