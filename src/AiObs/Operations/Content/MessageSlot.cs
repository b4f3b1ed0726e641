namespace AiObs.Operations.Content;

/// <summary>The place of one message in a recorded conversation. Nearly all messages are one text, for which nothing else is kept until somebody asks.</summary>
internal struct MessageSlot
{
    /// <summary>The text, or the <see cref="RecordedMessage"/>. One field for both, so that either is there at any time.</summary>
    private object _content;

    /// <summary>Initializes a new instance of the <see cref="MessageSlot"/> struct for a message that is one text of nobody in particular.</summary>
    public MessageSlot(string role, string text, string? finishReason = null)
    {
        _content = text;
        Role = role;
        FinishReason = finishReason;
    }

    public MessageSlot(RecordedMessage message)
    {
        _content = message;
        Role = message.Role;
        FinishReason = message.FinishReason;
    }

    public string Role { get; }

    public string? FinishReason { get; }

    /// <summary>Gets the text of a message that is nothing else; <see langword="null"/> when there is more to it, or when somebody has asked for <see cref="Message"/>.</summary>
    public readonly string? Text => _content as string;

    /// <summary>Gets the message, the same one every time.</summary>
    public RecordedMessage Message
    {
        get
        {
            if (_content is string text)
            {
                var message = new RecordedMessage(Role, Name: null, [new TextPart(text)]) { FinishReason = FinishReason };
                Interlocked.CompareExchange(ref _content, message, text);
            }

            return (RecordedMessage)_content;
        }
    }

    /// <summary>Gets a value indicating whether the message asks for calls of tools.</summary>
    public readonly bool CallsTools => _content is RecordedMessage message && message.Parts.Any(static part => part is ToolCallPart);

    public readonly MessageSlot WithFinishReason(string reason) =>
        _content is RecordedMessage message ? new(message with { FinishReason = reason }) : new(Role, (string)_content, reason);
}
