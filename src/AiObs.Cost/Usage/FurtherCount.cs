namespace AiObs.Cost.Usage;

/// <summary>A place in <see cref="FurtherCounts"/>.</summary>
internal enum FurtherCount
{
    CacheWrite1h,
    CacheWrite5m,
    CacheAudioRead,
    CacheImageRead,
    CacheVideoRead,
    InputImage,
    InputVideo,
    OutputImage,
    OutputVideo,
    InputTool,
    WebSearches,
    StorageSearches,
    SocialSearches,
    CodeExecutions,
    OutputCitation,
    ImageGenerations,
    OtherRounds,
    OtherTools,
}
