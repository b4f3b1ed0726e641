using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Writes token counts, and durations that follow from them and so are the same in every run.</summary>
internal static class OllamaMetrics
{
    private const long NanosecondsToLoad = 5_000_000;
    private const long NanosecondsPerInputToken = 1_000_000;
    private const long NanosecondsPerOutputToken = 20_000_000;

    public static void WriteChat(JsonObject json, ModelUsage? usage)
    {
        WriteTotals(json, usage);
        WriteCount(json, "prompt_eval", usage?.InputTokens, NanosecondsPerInputToken);
        WriteCount(json, "eval", usage?.OutputTokens, NanosecondsPerOutputToken);
    }

    public static void WriteEmbed(JsonObject json, ModelUsage? usage)
    {
        WriteTotals(json, usage is null ? null : usage with { OutputTokens = 0 });

        if (usage is { InputTokens: > 0 })
        {
            json["prompt_eval_count"] = usage.InputTokens;
        }
    }

    private static void WriteTotals(JsonObject json, ModelUsage? usage)
    {
        json["total_duration"] = NanosecondsToLoad
            + (NanosecondsPerInputToken * (usage?.InputTokens ?? 0))
            + (NanosecondsPerOutputToken * (usage?.OutputTokens ?? 0));
        json["load_duration"] = NanosecondsToLoad;
    }

    // The protocol leaves out what is zero.
    private static void WriteCount(JsonObject json, string name, long? tokens, long nanosecondsPerToken)
    {
        if (tokens is > 0)
        {
            json[$"{name}_count"] = tokens;
            json[$"{name}_duration"] = tokens * nanosecondsPerToken;
        }
    }
}
