using AiObs.Cost.Units;

namespace AiObs.Cost.Usage;

/// <summary>The units of <see cref="UsageKeys"/>, looked up once.</summary>
internal static class UsageUnits
{
    public static readonly UsageUnit CacheAudioRead = Find(UsageKeys.CacheAudioRead);
    public static readonly UsageUnit CacheImageRead = Find(UsageKeys.CacheImageRead);
    public static readonly UsageUnit CacheRead = Find(UsageKeys.CacheRead);
    public static readonly UsageUnit CacheVideoRead = Find(UsageKeys.CacheVideoRead);
    public static readonly UsageUnit CacheWrite = Find(UsageKeys.CacheWrite);
    public static readonly UsageUnit CacheWrite1h = Find(UsageKeys.CacheWrite1h);
    public static readonly UsageUnit CacheWrite5m = Find(UsageKeys.CacheWrite5m);
    public static readonly UsageUnit CodeExecutions = Find(UsageKeys.CodeExecutions);
    public static readonly UsageUnit Input = Find(UsageKeys.Input);
    public static readonly UsageUnit InputAudio = Find(UsageKeys.InputAudio);
    public static readonly UsageUnit InputImage = Find(UsageKeys.InputImage);
    public static readonly UsageUnit InputText = Find(UsageKeys.InputText);
    public static readonly UsageUnit InputTool = Find(UsageKeys.InputTool);
    public static readonly UsageUnit InputVideo = Find(UsageKeys.InputVideo);
    public static readonly UsageUnit Output = Find(UsageKeys.Output);
    public static readonly UsageUnit OutputAudio = Find(UsageKeys.OutputAudio);
    public static readonly UsageUnit OutputCitation = Find(UsageKeys.OutputCitation);
    public static readonly UsageUnit OutputImage = Find(UsageKeys.OutputImage);
    public static readonly UsageUnit OutputReasoning = Find(UsageKeys.OutputReasoning);
    public static readonly UsageUnit OutputText = Find(UsageKeys.OutputText);
    public static readonly UsageUnit OutputVideo = Find(UsageKeys.OutputVideo);
    public static readonly UsageUnit SocialSearches = Find(UsageKeys.SocialSearches);
    public static readonly UsageUnit StorageSearches = Find(UsageKeys.StorageSearches);
    public static readonly UsageUnit WebSearches = Find(UsageKeys.WebSearches);

    private static UsageUnit Find(string key) =>
        UnitRegistry.Default.FindByUsageKey(key) ?? throw new InvalidOperationException($"The price data has no unit {key} any more.");
}
