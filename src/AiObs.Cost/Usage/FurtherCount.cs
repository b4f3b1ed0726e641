namespace AiObs.Cost.Usage;

/// <summary>A place in <see cref="FurtherCounts"/>.</summary>
internal enum FurtherCount
{
    CacheWrite1h,
    CacheWrite5m,
    CacheAudioRead,
    CacheImageRead,
    InputImage,
    OutputImage,
    InputTool,
    WebSearches,
    StorageSearches,
    SocialSearches,
    CodeExecutions,
    OutputCitation,
    ImageGenerations,
    OtherRounds,
}
