using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Tells where in a stream a message begins, as Microsoft.Extensions.AI does when it puts updates together.</summary>
internal sealed class MessageBounds
{
    private string? _author;
    private string? _id;
    private ChatRole? _role;
    private bool _hasBegun;

    /// <summary>Takes the next update, and tells whether it begins a message.</summary>
    public bool Begins(ChatResponseUpdate update)
    {
        var begins = !_hasBegun || Differ(_author, update.AuthorName) || Differ(_id, update.MessageId) || (update.Role is { } role && role != (_role ?? ChatRole.Assistant));
        if (begins)
        {
            (_author, _id, _role, _hasBegun) = (null, null, null, true);
        }

        _author = string.IsNullOrEmpty(update.AuthorName) ? _author : update.AuthorName;
        _id = string.IsNullOrEmpty(update.MessageId) ? _id : update.MessageId;
        _role = update.Role ?? _role;
        return begins;
    }

    /// <summary>Puts updates together to messages that hold the very contents of the updates.</summary>
    public static List<ChatMessage> MessagesOf(IEnumerable<ChatResponseUpdate> updates)
    {
        var bounds = new MessageBounds();
        List<ChatMessage> messages = [];
        foreach (var update in updates)
        {
            if (bounds.Begins(update))
            {
                messages.Add(new(ChatRole.Assistant, []));
            }

            var message = messages[^1];
            message.Role = update.Role ?? message.Role;
            foreach (var content in update.Contents)
            {
                message.Contents.Add(content);
            }
        }

        return messages;
    }

    private static bool Differ(string? first, string? second) => !string.IsNullOrEmpty(first) && !string.IsNullOrEmpty(second) && first != second;
}
