using Microsoft.Extensions.AI;
using SupportDesk.Assistant;

namespace SupportDesk.Chat;

/// <summary>Is a conversation of one visitor, with the orders that it is about. What was said is kept by the client.</summary>
internal sealed class Conversation
{
    private const int MaxMessages = 100;

    private int _messages;
    private int _isAnswering;

    public Conversation(string visitor, IList<AITool> tools)
    {
        Visitor = visitor;
        Options = new()
        {
            ConversationId = Id,
            Instructions = SupportAssistant.Instructions,
            MaxOutputTokens = SupportAssistant.MaxOutputTokens,
            Tools = tools,
        };
    }

    public string Id { get; } = $"desk-{Guid.NewGuid():N}"[..16];

    public string Visitor { get; }

    public ChatOptions Options { get; }

    /// <summary>Gets a value indicating whether so much was said that a new conversation is due.</summary>
    public bool IsFull => _messages >= MaxMessages;

    /// <summary>Takes the one turn that may be under way at a time.</summary>
    /// <returns>What ends the turn when it is disposed; null while another one is under way.</returns>
    public IDisposable? TryBeginTurn() => Interlocked.CompareExchange(ref _isAnswering, 1, 0) == 0 ? new Turn(this) : null;

    /// <summary>Counts a question and its whole answer.</summary>
    public void Count(IEnumerable<ChatResponseUpdate> answer) => _messages += 1 + answer.ToChatResponse().Messages.Count;

    private sealed class Turn(Conversation conversation) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref conversation._isAnswering, 0);
    }
}
