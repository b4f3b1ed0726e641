namespace AiObs.Recording;

/// <summary>What a member of a provider's usage says.</summary>
internal enum UsageFieldName
{
    None,
    Input,
    Output,
    Total,
    CacheRead,
    CacheReadBeside,
    CacheWrite,
    CacheWriteBeside,
    CacheWrite1h,
    CacheWrite5m,
    Reasoning,
    Citation,
    InputAudio,
    OutputAudio,
    WebSearches,
    CodeExecutions,
    Cost,
    CostTicks,
    UpstreamCost,
    OwnKey,
    ServiceTier,
    Speed,
    Region,
}
