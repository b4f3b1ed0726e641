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
        var content = MessageContent.Of(message, options.JsonOptions, out var lostCount);
        for (; lostCount > 0; lostCount--)
        {
            faults.Count(Part);
        }

        if (content.Json.Length > options.MaxMessageLength)
        {
            throw new ArgumentException(
                $"The message has {content.Json.Length} characters as JSON, and {nameof(ConversationOptions)}.{nameof(options.MaxMessageLength)} is {options.MaxMessageLength}. "
                + "Nothing was stored. Keep large data elsewhere and put its address into the message, or raise the limit.",
                nameof(message));
        }

        var now = clock.GetUtcNow();
        var stored = new StoredMessage
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
        return (stored, message);
    }
}
