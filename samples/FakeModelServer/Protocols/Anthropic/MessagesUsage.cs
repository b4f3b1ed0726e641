using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Anthropic;

/// <summary>Writes usage as Anthropic counts it: the input without what went through the cache.</summary>
internal static class MessagesUsage
{
    public static JsonObject Write(ModelUsage usage)
    {
        var json = WriteInput(usage);
        json["cache_creation"] = new JsonObject
        {
            ["ephemeral_5m_input_tokens"] = usage.CacheWriteTokens,
            ["ephemeral_1h_input_tokens"] = 0,
        };
        json["output_tokens"] = usage.OutputTokens;
        json["output_tokens_details"] = WriteOutputDetails(usage);
        json["service_tier"] = "standard";

        return json;
    }

    /// <summary>Writes what a stream knows before the model has said anything.</summary>
    public static JsonObject WriteStart(ModelUsage usage) =>
        Write(usage with { OutputTokens = Math.Min(1, usage.OutputTokens), ReasoningTokens = 0 });

    /// <summary>Writes what a stream reports at its end; the numbers are totals, not increments.</summary>
    public static JsonObject WriteEnd(ModelUsage usage)
    {
        var json = WriteInput(usage);
        json["output_tokens"] = usage.OutputTokens;
        json["output_tokens_details"] = WriteOutputDetails(usage);

        return json;
    }

    private static JsonObject WriteInput(ModelUsage usage) => new()
    {
        ["input_tokens"] = usage.InputTokens - usage.CacheReadTokens - usage.CacheWriteTokens,
        ["cache_creation_input_tokens"] = usage.CacheWriteTokens,
        ["cache_read_input_tokens"] = usage.CacheReadTokens,
    };

    private static JsonObject WriteOutputDetails(ModelUsage usage) => new() { ["thinking_tokens"] = usage.ReasoningTokens };
}
