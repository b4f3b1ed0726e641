using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.ChatCompletions;

/// <summary>Reads the usage of chat completions.</summary>
internal static class CompletionUsage
{
    public static UsageDetails? Read(JsonElement? usage)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        var input = known.Get("prompt_tokens_details");
        var output = known.Get("completion_tokens_details");
        var details = new UsageDetails
        {
            InputTokenCount = known.GetCount("prompt_tokens"),
            OutputTokenCount = known.GetCount("completion_tokens"),
            TotalTokenCount = known.GetCount("total_tokens"),
            CachedInputTokenCount = input.GetCount("cached_tokens"),
            ReasoningTokenCount = output.GetCount("reasoning_tokens"),
        };
        details.AddFurther(UsageReading.InputAudio, input.GetCount("audio_tokens"));
        details.AddFurther(UsageReading.CacheWrite, input.GetCount("cache_write_tokens"));
        details.AddFurther(UsageReading.OutputAudio, output.GetCount("audio_tokens"));
        details.AddFurther(UsageReading.AcceptedPrediction, output.GetCount("accepted_prediction_tokens"));
        details.AddFurther(UsageReading.RejectedPrediction, output.GetCount("rejected_prediction_tokens"));
        return details;
    }
}
