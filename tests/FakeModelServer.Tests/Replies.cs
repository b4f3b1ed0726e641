namespace FakeModelServer.Tests;

/// <summary>Holds replies that several tests script.</summary>
internal static class Replies
{
    public static ModelUsage Usage { get; } = new()
    {
        InputTokens = 100,
        OutputTokens = 50,
        CacheReadTokens = 30,
        CacheWriteTokens = 20,
        ReasoningTokens = 7,
        InputAudioTokens = 3,
        OutputAudioTokens = 4,
    };

    /// <summary>Gets a reply with everything in it, several pieces each.</summary>
    public static ModelReply Full { get; } = new()
    {
        Reasoning = ["Let me ", "look."],
        ReasoningSignature = "c2lnbmF0dXJl",
        Text = ["One ", "moment."],
        ToolCalls =
        [
            new ModelToolCall { Name = "get_weather", Arguments = ["{\"city\":", "\"Paris\"}"] },
            new ModelToolCall { Name = "get_time", Arguments = ["{\"zone\":\"CET\"}"], Id = "my_call" },
        ],
        Usage = Usage,
        Model = "served-model",
    };
}
