using AiObs.Guardrails;
using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>How a turn is done.</summary>
public sealed record TurnOptions
{
    /// <summary>Gets the client that answers, with whatever function loop is in it.</summary>
    /// <value>The default is <see langword="null"/>: the one in the container.</value>
    public IChatClient? Client { get; init; }

    /// <summary>Gets the options of the model call. They are copied; a <see cref="Microsoft.Extensions.AI.ChatOptions.ConversationId"/> in them is left out.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>Gets a value indicating whether a conversation that does not exist is created. One that was deleted is not revived.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>Gets what memory needs to know, and what follows when a strategy fails.</summary>
    /// <value>The default is <see langword="null"/>: model, longest answer, instructions and tools are those of <see cref="ChatOptions"/>.</value>
    public MemoryRequest? Memory { get; init; }

    /// <summary>Gets the strategies of memory, in the order in which they work.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="ConversationOptions.Memory"/>.</value>
    public IReadOnlyList<IMemoryStrategy>? Strategies { get; init; }

    /// <summary>Gets the guardrails, in the order in which they look.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="ConversationOptions.Guardrails"/>.</value>
    public IReadOnlyList<GuardrailRule>? Guardrails { get; init; }

    /// <summary>Gets a value indicating whether messages that a guardrail refuses are stored. No model is ever shown them.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepsRefused { get; init; } = true;

    /// <summary>Gets what becomes of what was delivered of a stream that broke off.</summary>
    /// <value>The default is <see cref="PartialAnswers.Keep"/>.</value>
    public PartialAnswers PartialAnswers { get; init; }

    /// <summary>Gets what follows when another turn of the conversation is running.</summary>
    /// <value>The default is <see cref="TurnConcurrency.Refuse"/>.</value>
    public TurnConcurrency Concurrency { get; init; }
}
