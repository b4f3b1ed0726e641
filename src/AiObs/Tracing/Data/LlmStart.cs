using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tracing;

/// <summary>What is known when a model is called without an observed client.</summary>
/// <remarks>Where an observed client is called inside after all, tokens and cost stand on that client's span alone.</remarks>
public sealed record LlmStart : SpanStart<LlmStop>
{
    /// <summary>Gets what is sent to the model; for a completion, one message per prompt. Required.</summary>
    public IEnumerable<ChatMessage>? Messages { get; init; }

    /// <summary>Gets a value indicating whether the model goes on with texts, prompts and choices in place of messages, and does not chat.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsTextCompletion { get; init; }

    /// <summary>Gets the parameters of the call: temperature, instructions, tools and so on. Its <c>ModelId</c> is not read.</summary>
    public ChatOptions? Parameters { get; init; }

    /// <summary>Gets the name of the template that the messages were made of; <see langword="null"/> where they were made of none.</summary>
    public string? PromptName { get; init; }

    /// <summary>Gets the version of that template; written with a <see cref="PromptName"/> alone, like <see cref="PromptVariables"/>.</summary>
    public string? PromptVersion { get; init; }

    /// <summary>Gets the values that were put into that template: content, of which the first 32 are recorded.</summary>
    public IReadOnlyDictionary<string, object?>? PromptVariables { get; init; }

    /// <summary>Gets a value indicating whether the messages stand for a longer conversation that was summarized or shortened.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsCompacted { get; init; }

    /// <summary>Gets the provider, in the spelling of <c>gen_ai.provider.name</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the server's address.</summary>
    public Uri? Endpoint { get; init; }

    internal override string Kind => "llm";

    internal override string? FindMissing() => Messages is null ? nameof(Messages) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name)
    {
        var endpoint = ModelEndpoint.From(Provider, Endpoint);
        return new ChatOperation(endpoint, name, parts.Requests.Read(Parameters, endpoint.Provider))
        {
            IsTextCompletion = IsTextCompletion,
            IsCompacted = IsCompacted,
        };
    }

    internal override void Record(TracerParts parts, AgentOperation operation)
    {
        var chat = (ChatOperation)operation;
        parts.Requests.ReadProperties(chat, Parameters);
        var messages = Messages as IList<ChatMessage> ?? RequestSequence<ChatMessage>.Head(Messages!);
        chat.CountMessages(messages);
        parts.Messages.RecordRequest(chat, messages);
        parts.Messages.RecordOptions(chat, Parameters);
        if (!string.IsNullOrWhiteSpace(PromptName))
        {
            parts.Messages.RecordPrompt(chat, PromptName, PromptVersion, PromptVariables);
        }
    }

    internal override LlmStop? StopFrom(object result) => result switch
    {
        ChatResponse response => LlmStop.From(response),
        string text => new LlmStop { Messages = [new ChatMessage(ChatRole.Assistant, text)] },
        _ => null,
    };
}
