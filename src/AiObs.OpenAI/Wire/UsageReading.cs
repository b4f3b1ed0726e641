using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire;

/// <summary>The further counts of a usage, under the names that chat clients for this service give them.</summary>
internal static class UsageReading
{
    public const string InputAudio = "InputTokenDetails.AudioTokenCount";
    public const string CacheWrite = "InputTokenDetails.CacheWriteTokenCount";
    public const string OutputAudio = "OutputTokenDetails.AudioTokenCount";
    public const string AcceptedPrediction = "OutputTokenDetails.AcceptedPredictionTokenCount";
    public const string RejectedPrediction = "OutputTokenDetails.RejectedPredictionTokenCount";

    public static void AddFurther(this UsageDetails usage, string name, long? count)
    {
        if (count is { } known)
        {
            (usage.AdditionalCounts ??= [])[name] = known;
        }
    }
}
