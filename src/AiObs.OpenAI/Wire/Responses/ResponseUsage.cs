using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.Responses;

/// <summary>Reads the usage of responses.</summary>
internal static class ResponseUsage
{
    public static UsageDetails? Read(JsonElement? usage)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        var input = known.Get("input_tokens_details");
        var output = known.Get("output_tokens_details");
        var details = new UsageDetails
        {
            InputTokenCount = known.GetCount("input_tokens"),
            OutputTokenCount = known.GetCount("output_tokens"),
            TotalTokenCount = known.GetCount("total_tokens"),
            CachedInputTokenCount = input.GetCount("cached_tokens"),
            ReasoningTokenCount = output.GetCount("reasoning_tokens"),
        };
        details.AddFurther(UsageReading.CacheWrite, input.GetCount("cache_write_tokens"));
        details.AddFurther(UsageReading.InputAudio, input.GetCount("audio_tokens"));
        details.AddFurther(UsageReading.OutputAudio, output.GetCount("audio_tokens"));
        return details;
    }
}
