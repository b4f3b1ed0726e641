using AiObs.Conversations.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>What guardrails look at.</summary>
/// <param name="Stage">One of the stages: where it is looked at.</param>
/// <param name="Messages">
/// What is looked at: the new messages of a user, the message with the one tool call, the message with the one tool result, or the messages of the answer.
/// </param>
public sealed record GuardrailRequest(GuardrailStages Stage, IReadOnlyList<ChatMessage> Messages)
{
    private IReadOnlyList<GuardrailText>? _texts;

    /// <summary>Gets the messages before, to understand them by. They are not looked at.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];

    /// <summary>Gets the options of the call of the model.</summary>
    /// <value>The default is <see langword="null"/>: it has none.</value>
    public ChatOptions? Options { get; init; }

    /// <summary>Gets the texts of the messages: at input and output what is written or thought in them, one text for each message and each of the two; else the arguments of the call, or what the result says.</summary>
    public IReadOnlyList<GuardrailText> Texts => _texts ??= GuardrailTexts.Of(Stage, Messages);

    /// <summary>Gets the id of the call that is looked at, or whose result is.</summary>
    internal string? CallId => Stage switch
    {
        GuardrailStages.ToolCall => Calls(Messages).LastOrDefault()?.CallId,
        GuardrailStages.ToolResult => Messages.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().LastOrDefault()?.CallId,
        _ => null,
    };

    /// <summary>Gets the tool that is called, or whose result it is.</summary>
    internal string? Tool => CallId is { } id ? Calls(History).Concat(Calls(Messages)).LastOrDefault(call => call.CallId == id)?.Name : null;

    /// <summary>Returns the same request with other messages, and so with their texts.</summary>
    internal GuardrailRequest With(IReadOnlyList<ChatMessage> messages) => this with { Messages = messages, _texts = null };

    private static IEnumerable<FunctionCallContent> Calls(IEnumerable<ChatMessage> messages) => messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>();
}
