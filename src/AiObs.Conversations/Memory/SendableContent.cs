using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Leaves out of a stored message what no model takes.</summary>
internal static class SendableContent
{
    /// <summary>The property of a stored answer that says why the model stopped.</summary>
    public const string FinishReason = "aiobs.finish_reason";

    /// <summary>Reads a message: of one that broke off only the text, as providers refuse half of a call or of a reasoning; and nothing that this version cannot read.</summary>
    /// <returns>A message that nobody else holds; one without contents where nothing is left.</returns>
    public static ChatMessage Of(StoredMessage stored)
    {
        var message = stored.ToMessage();
        message.MessageId ??= stored.Id;
        RemoveOwn(message);
        KeepKnown(message.Contents);
        if (stored.Status == MessageStatus.Partial)
        {
            Keep(message.Contents, static content => content is TextContent { Text.Length: > 0 });
        }

        return message;
    }

    /// <summary>Returns a message of somebody else's; where it has contents that were stored by another version and cannot be read, a copy without them.</summary>
    public static ChatMessage Of(ChatMessage given)
    {
        if (!HasUnreadable(given.Contents))
        {
            return given;
        }

        var message = given.Clone();
        message.Contents = [.. given.Contents.SelectMany(static content => content is UnknownContent ? [] : HasUnreadable([content]) ? ReadableOf(content) : [content])];
        return message;
    }

    /// <summary>Copies a content that has something unreadable inside, as what is somebody else's stays as it is.</summary>
    private static IList<AIContent> ReadableOf(AIContent content)
    {
        var copy = MessageContent.Of(new ChatMessage(ChatRole.Tool, [content])).ToMessage().Contents;
        KeepKnown(copy);
        return copy;
    }

    private static bool HasUnreadable(IList<AIContent>? contents) => contents is not null && contents.Any(static content =>
        content is UnknownContent or FunctionResultContent { Result: UnknownContent } || HasUnreadable(PartsOf(content)));

    /// <summary>Leaves out what is stored beside of what was said: what the answer used, and why it ended.</summary>
    public static void RemoveOwn(ChatMessage message)
    {
        Keep(message.Contents, static content => content is not UsageContent);
        if (message.AdditionalProperties?.Remove(FinishReason) is true && message.AdditionalProperties.Count == 0)
        {
            message.AdditionalProperties = null;
        }
    }

    /// <summary>Leaves out what this version cannot read, also of what tools were given and returned.</summary>
    private static void KeepKnown(IList<AIContent>? contents)
    {
        if (contents is null)
        {
            return;
        }

        Keep(contents, IsKnown);
        foreach (var content in contents)
        {
            if (content is FunctionResultContent { Result: AIContent returned } result && !IsKnown(returned))
            {
                result.Result = null;
            }

            KeepKnown(PartsOf(content));
        }
    }

    private static IList<AIContent>? PartsOf(AIContent content) => content switch
    {
        FunctionResultContent result => result.Result as IList<AIContent>,
        CodeInterpreterToolCallContent call => call.Inputs,
        CodeInterpreterToolResultContent result => result.Outputs,
        ImageGenerationToolResultContent result => result.Outputs,
        McpServerToolResultContent result => result.Outputs,
        WebSearchToolResultContent result => result.Outputs,
        _ => null,
    };

    private static bool IsKnown(AIContent content) => content is not UnknownContent && content.GetType() != typeof(AIContent);

    private static void Keep(IList<AIContent> contents, Func<AIContent, bool> isKept)
    {
        for (var index = contents.Count - 1; index >= 0; index--)
        {
            if (!isKept(contents[index]))
            {
                contents.RemoveAt(index);
            }
        }
    }
}
