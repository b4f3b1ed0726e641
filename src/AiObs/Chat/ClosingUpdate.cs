using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Makes the last update of a stream that is cut, which belongs to the same response and message as those before it.</summary>
internal sealed class ClosingUpdate
{
    private ChatRole? _role;
    private string? _responseId;
    private string? _messageId;
    private string? _conversationId;
    private string? _modelId;
    private string? _authorName;

    public void Follow(ChatResponseUpdate update)
    {
        _role = update.Role ?? _role;
        _responseId = update.ResponseId ?? _responseId;
        _messageId = update.MessageId ?? _messageId;
        _conversationId = update.ConversationId ?? _conversationId;
        _modelId = update.ModelId ?? _modelId;
        _authorName = update.AuthorName ?? _authorName;
    }

    public ChatResponseUpdate Create() => new()
    {
        Role = _role,
        ResponseId = _responseId,
        MessageId = _messageId,
        ConversationId = _conversationId,
        ModelId = _modelId,
        AuthorName = _authorName,
        FinishReason = ChatFinishReason.Length,
    };
}
