using Microsoft.Extensions.AI;
using SupportDesk.Assistant;

namespace SupportDesk.Chat;

/// <summary>Is a conversation of one visitor: what was said, and the orders that it is about.</summary>
internal sealed class Conversation(string visitor, IList<AITool> tools)
{
    private const int MaxMessages = 100;

    private readonly List<ChatMessage> _history = [];
    private int _isAnswering;

    public string Id { get; } = $"desk-{Guid.NewGuid():N}"[..16];

    public string Visitor { get; } = visitor;

    public ChatOptions Options { get; } = new()
    {
        Instructions = SupportAssistant.Instructions,
        MaxOutputTokens = SupportAssistant.MaxOutputTokens,
        Tools = tools,
    };

    /// <summary>Gets a value indicating whether so much was said that a new conversation is due.</summary>
    public bool IsFull => _history.Count >= MaxMessages;

    /// <summary>Takes the one turn that may be under way at a time.</summary>
    /// <returns>What ends the turn when it is disposed; null while another one is under way.</returns>
    public IDisposable? TryBeginTurn() => Interlocked.CompareExchange(ref _isAnswering, 1, 0) == 0 ? new Turn(this) : null;

    /// <summary>Returns what the model is asked: all that was said, and the question.</summary>
    public IReadOnlyList<ChatMessage> Ask(string question) => [.. _history, new ChatMessage(ChatRole.User, question)];

    /// <summary>Keeps a question and its whole answer. Of a turn that went wrong nothing is kept, so that the question can be asked again.</summary>
    public void Keep(string question, IEnumerable<ChatResponseUpdate> answer)
    {
        _history.Add(new ChatMessage(ChatRole.User, question));
        _history.AddMessages(answer);
    }

    private sealed class Turn(Conversation conversation) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref conversation._isAnswering, 0);
    }
}
