namespace AiObs.Store;

/// <summary>Which traces come first.</summary>
public enum TraceOrder
{
    /// <summary>Those that started last.</summary>
    Newest,

    /// <summary>Those that took longest.</summary>
    Slowest,

    /// <summary>Those with the most tokens, input and output together.</summary>
    MostTokens,
}
