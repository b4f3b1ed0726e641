using AiObs.Store;
using AiObs.Store.Conversations;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Storing;

/// <summary>Turns messages into what a store keeps of them.</summary>
internal sealed class NewMessages(ConversationOptions options, TimeProvider clock, Faults faults)
{
    private const string Part = "message_content";

    /// <exception cref="ArgumentException">A message is too large.</exception>
    public (StoredMessage Stored, ChatMessage Said) Of(ChatMessage message, bool isPinned = false, string? turnId = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var made = Make(message, isPinned, turnId);
        var content = made.Content!;
        if (content.Json.Length > options.MaxMessageLength)
        {
            throw new ArgumentException(
                $"The message has {content.Json.Length} characters as JSON, and {nameof(ConversationOptions)}.{nameof(options.MaxMessageLength)} is {options.MaxMessageLength}. "
                + "Nothing was stored. Keep large data elsewhere and put its address into the message, or raise the limit.",
                nameof(message));
        }

        return (made, message);
    }

    /// <summary>Takes what a model has answered, however large: it is paid.</summary>
    public (StoredMessage Stored, ChatMessage Said) OfAnswer(ChatMessage message, string turnId) => (Make(message, isPinned: false, turnId), message);

    private StoredMessage Make(ChatMessage message, bool isPinned, string? turnId)
    {
        var content = MessageContent.Of(message, options.JsonOptions, out var lostCount);
        for (; lostCount > 0; lostCount--)
        {
            faults.Count(Part);
        }

        var now = clock.GetUtcNow();
        return new()
        {
            Id = message.MessageId is { Length: > 0 } id ? id : Guid.CreateVersion7(now).ToString("N"),
            Role = message.Role,
            Content = content,
            TokenCount = (int?)message.Contents.OfType<UsageContent>().Sum(static usage => usage.Details.OutputTokenCount) is > 0 and var count ? count : null,
            IsPinned = isPinned,
            TurnId = turnId,
            At = message.CreatedAt ?? now,
            CallIds = CallIdReader.Of(message),
        };
    }
}
