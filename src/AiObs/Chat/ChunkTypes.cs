using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Says in a word what an update of a stream brings.</summary>
internal static class ChunkTypes
{
    /// <summary>Returns the word: that of the first content which is more than the usage.</summary>
    public static string Of(ChatResponseUpdate update)
    {
        var found = "empty";
        foreach (var content in update.Contents)
        {
            found = Of(content);
            if (content is not UsageContent)
            {
                break;
            }
        }

        return found;
    }

    private static string Of(AIContent content) => content switch
    {
        TextContent => "text",
        TextReasoningContent => "reasoning",
        FunctionCallContent => "tool_call",
        FunctionResultContent => "tool_result",
        DataContent or UriContent or HostedFileContent => "data",
        UsageContent => "usage",
        ErrorContent => "error",
        _ => "other",
    };
}
