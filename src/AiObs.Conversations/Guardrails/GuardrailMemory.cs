using System.Runtime.CompilerServices;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails;

/// <summary>Remembers what a rule said of messages, as long as somebody holds it: loops send the same messages again and again, and several runners may have the same rule.</summary>
/// <remarks>
/// It goes by the very contents and by what they say. Not remembered are tool calls, which are judged by what was called before; failures, which may pass; and input and output that were refused, as the reason may be gone when they are tried again.
/// </remarks>
internal sealed class GuardrailMemory
{
    private readonly ConditionalWeakTable<AIContent, Known[]> _known = [];

    public Known? Find(GuardrailRequest request)
    {
        if (request.Stage == GuardrailStages.ToolCall || FirstOf(request) is not { } first || !_known.TryGetValue(first, out var known))
        {
            return null;
        }

        var contents = ContentsOf(request.Messages);
        var texts = TextsOf(request);
        return Array.Find(known, entry => entry.Stage == request.Stage && entry.Contents.SequenceEqual(contents, ReferenceEqualityComparer.Instance) && entry.Texts.SequenceEqual(texts, StringComparer.Ordinal));
    }

    /// <summary>Remembers what was found, and what it left of the messages.</summary>
    public void Add(GuardrailRequest request, GuardrailFinding? finding, IReadOnlyList<ChatMessage> left)
    {
        if (request.Stage == GuardrailStages.ToolCall || FirstOf(request) is not { } first)
        {
            return;
        }

        var entry = new Known(request.Stage, ContentsOf(request.Messages), TextsOf(request), finding, ReferenceEquals(left, request.Messages) ? null : ContentsOf(left));

        // The newest for each stage is enough: it is the same message that is sent again.
        _known.TryGetValue(first, out var known);
        _known.AddOrUpdate(first, [.. (known ?? []).Where(other => other.Stage != entry.Stage), entry]);
    }

    private static AIContent? FirstOf(GuardrailRequest request) => request.Messages.SelectMany(static message => message.Contents).FirstOrDefault();

    private static AIContent[] ContentsOf(IReadOnlyList<ChatMessage> messages) => [.. messages.SelectMany(static message => message.Contents)];

    private static string[] TextsOf(GuardrailRequest request) => [.. request.Texts.Select(static text => text.Value)];

    /// <param name="Stage">Where it was looked at.</param>
    /// <param name="Contents">What was looked at.</param>
    /// <param name="Texts">What it said then.</param>
    /// <param name="Finding">What was found; <see langword="null"/> for nothing.</param>
    /// <param name="Left">What was left of the contents; <see langword="null"/> where nothing was replaced.</param>
    internal sealed record Known(GuardrailStages Stage, AIContent[] Contents, string[] Texts, GuardrailFinding? Finding, AIContent[]? Left)
    {
        public IReadOnlyList<ChatMessage> Apply(IReadOnlyList<ChatMessage> messages)
        {
            if (Left is null)
            {
                return messages;
            }

            var index = 0;
            return [.. messages.Select(message =>
            {
                AIContent[] left = Left[index..(index += message.Contents.Count)];
                return left.SequenceEqual(message.Contents, ReferenceEqualityComparer.Instance) ? message : Redactor.With(message, left);
            })];
        }
    }
}
