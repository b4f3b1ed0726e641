using AiObs.Conversations.Memory;
using AiObs.Conversations.Storing;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Turns what a model has answered into messages to store.</summary>
internal static class TurnAnswer
{
    /// <summary>Puts a plain answer into the form that a streamed one has, so that both leave equal messages.</summary>
    public static ChatResponse Streamed(ChatResponse response) => response.ToChatResponseUpdates().ToChatResponse();

    /// <summary>Returns the messages to store, the last with the usage and why the model stopped.</summary>
    /// <param name="view">Whose they are.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="response">The answer, in the form of a streamed one.</param>
    /// <param name="status">How they stand; of those that broke off, only the last did.</param>
    public static IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> Of(ConversationView view, OpenTurn turn, ChatResponse response, MessageStatus status)
    {
        ChatMessage[] messages = [.. response.Messages.Where(static message => message.Contents.Count > 0)];
        var answer = Array.FindLastIndex(messages, static message => message.Role == ChatRole.Assistant);
        var isSingle = messages.Count(static message => message.Role == ChatRole.Assistant) == 1;
        List<(StoredMessage, ChatMessage)> made = [];
        for (var index = 0; index < messages.Length; index++)
        {
            var said = index == answer ? Ended(messages[index], response) : messages[index];
            var (stored, _) = view.Messages.OfAnswer(said, turn.Record.Id);
            made.Add((
                stored with
                {
                    // The provider may use an id again; and that of several calls is nobody's count.
                    Id = Guid.CreateVersion7(view.Now).ToString("N"),
                    TokenCount = isSingle ? stored.TokenCount : null,
                    ReplacesId = index == answer ? turn.ReplacesId : null,
                    Status = status != MessageStatus.Partial ? status : IsCut(messages, index) ? MessageStatus.Partial : MessageStatus.Complete,
                },
                messages[index]));
        }

        return made;
    }

    /// <summary>Tells whether the model waits for what the caller has to do: run a tool, or answer a request.</summary>
    public static bool AwaitsCaller(ChatResponse response) => PendingIn(response.Messages).Count > 0;

    /// <summary>Returns the ids of what was asked of the caller and not answered.</summary>
    public static HashSet<string> PendingIn(IEnumerable<ChatMessage> messages)
    {
        var pending = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in messages.SelectMany(static message => message.Contents))
        {
            _ = content switch
            {
                FunctionCallContent { InformationalOnly: false } call => pending.Add(call.CallId),
                InputRequestContent request => pending.Add(request.RequestId),
                FunctionResultContent result => pending.Remove(result.CallId),
                InputResponseContent answer => pending.Remove(answer.RequestId),
                _ => false,
            };
        }

        return pending;
    }

    /// <summary>Returns the ids that messages answer.</summary>
    public static IEnumerable<string> AnsweredBy(IEnumerable<ChatMessage> messages) => messages.SelectMany(static message => message.Contents).Select(static content => content switch
    {
        FunctionResultContent result => result.CallId,
        InputResponseContent answer => answer.RequestId,
        _ => "",
    });

    /// <summary>Results of tools come whole.</summary>
    private static bool IsCut(ChatMessage[] messages, int index) => index == messages.Length - 1 && messages[index].Role != ChatRole.Tool;

    private static ChatMessage Ended(ChatMessage message, ChatResponse response)
    {
        var ended = new ChatMessage(message.Role, [.. message.Contents])
        {
            AuthorName = message.AuthorName,
            CreatedAt = message.CreatedAt,
            MessageId = message.MessageId,
            AdditionalProperties = message.AdditionalProperties?.Clone(),
        };
        if (response.Usage is { } usage)
        {
            ended.Contents.Add(new UsageContent(usage));
        }

        if (response.FinishReason is { } reason)
        {
            (ended.AdditionalProperties ??= [])[SendableContent.FinishReason] = reason.Value;
        }

        return ended;
    }
}
