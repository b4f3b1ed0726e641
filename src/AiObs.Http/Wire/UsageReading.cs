using System.Runtime.InteropServices;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>Reads usage, with further counts under the names that chat clients for this service give them.</summary>
internal static class UsageReading
{
    /// <summary>Reads the usage of a chat completion.</summary>
    public static UsageDetails? OfCompletion(JsonElement? usage) => Read(usage, "prompt_tokens", "completion_tokens");

    /// <summary>Reads the usage of a response; it has the same counts under other names.</summary>
    public static UsageDetails? OfResponse(JsonElement? usage) => Read(usage, "input_tokens", "output_tokens");

    /// <summary>Reads what chat clients leave out: fees, amounts, tools of the service, and the counts of others who speak its protocol.</summary>
    /// <param name="state">A response, or what an event brings of one.</param>
    public static ReportedUsage RawOf(JsonElement state)
    {
        var raw = default(ReportedUsage);
        AddRawOf(state, ref raw);
        return raw;
    }

    /// <summary>Adds what an event says to what was said before it.</summary>
    public static void AddRawOf(JsonElement state, ref ReportedUsage raw)
    {
        if (state.ValueKind == JsonValueKind.Object)
        {
            RawUsageJson.Read(JsonMarshal.GetRawUtf8Value(state), ref raw);
        }
    }

    private static UsageDetails? Read(JsonElement? usage, string inputName, string outputName)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        var input = known.Get($"{inputName}_details");
        var output = known.Get($"{outputName}_details");
        var details = new UsageDetails
        {
            InputTokenCount = known.GetCount(inputName),
            OutputTokenCount = known.GetCount(outputName),
            TotalTokenCount = known.GetCount("total_tokens"),
            CachedInputTokenCount = input.GetCount("cached_tokens"),
            ReasoningTokenCount = output.GetCount("reasoning_tokens"),
        };
        AddFurther(details, "InputTokenDetails.AudioTokenCount", input.GetCount("audio_tokens"));
        AddFurther(details, "InputTokenDetails.CacheWriteTokenCount", input.GetCount("cache_write_tokens"));
        AddFurther(details, "OutputTokenDetails.AudioTokenCount", output.GetCount("audio_tokens"));
        AddFurther(details, "OutputTokenDetails.AcceptedPredictionTokenCount", output.GetCount("accepted_prediction_tokens"));
        AddFurther(details, "OutputTokenDetails.RejectedPredictionTokenCount", output.GetCount("rejected_prediction_tokens"));
        return details;
    }

    private static void AddFurther(UsageDetails usage, string name, long? count)
    {
        if (count is { } known)
        {
            (usage.AdditionalCounts ??= [])[name] = known;
        }
    }
}
