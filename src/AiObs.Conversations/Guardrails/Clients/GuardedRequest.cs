using System.Runtime.CompilerServices;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Looks at what is to be sent to a model: what users said, and what tools returned. What is not changed stays the same object.</summary>
internal sealed class GuardedRequest(AgentObservability observability, GuardrailRunner runner)
{
    /// <summary>What was said before is sent again as it was said: who replaces something in it must do so each time.</summary>
    private readonly GuardrailRunner _redactions = new(observability, [.. runner.Rules.Where(static rule => rule.Mode == GuardrailMode.Redact)]);

    private readonly ConditionalWeakTable<FunctionResultContent, object> _told = [];

    /// <summary>Returns what may be sent, or why nothing may.</summary>
    public async ValueTask<(IReadOnlyList<ChatMessage> Messages, GuardrailFinding? Refusal)> CheckAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ChatMessage[]? changed = null;
        if (runner.LooksAt(GuardrailStages.Input))
        {
            foreach (var (start, end, isNewest) in UserRuns(messages))
            {
                var request = new GuardrailRequest(GuardrailStages.Input, [.. messages.Take(start..end)]) { History = [.. messages.Take(start)], Options = options };
                var result = await (isNewest ? runner : _redactions).CheckAsync(request, cancellationToken).ConfigureAwait(false);
                if (result.Refusal is { } refusal)
                {
                    return (messages, refusal);
                }

                for (var index = start; index < end; index++)
                {
                    Set(index, result.Messages[index - start]);
                }
            }
        }

        if (runner.LooksAt(GuardrailStages.ToolResult))
        {
            for (var index = 0; index < messages.Count; index++)
            {
                if (messages[index].Contents.Any(static content => content is FunctionResultContent))
                {
                    Set(index, await CheckResultsAsync(messages, index, options, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return (InOrder(changed ?? messages), null);

        void Set(int index, ChatMessage message)
        {
            if (!ReferenceEquals((changed ?? messages)[index], message))
            {
                changed ??= [.. messages];
                changed[index] = message;
            }
        }
    }

    /// <summary>Finds the messages of users that stand together; the last of them are the newest.</summary>
    private IEnumerable<(int Start, int End, bool IsNewest)> UserRuns(IReadOnlyList<ChatMessage> messages)
    {
        var isNewest = true;
        for (var end = messages.Count; end > 0; end--)
        {
            if (messages[end - 1].Role != ChatRole.User)
            {
                continue;
            }

            var start = end - 1;
            while (start > 0 && messages[start - 1].Role == ChatRole.User)
            {
                start--;
            }

            yield return (start, end, isNewest);
            if (!_redactions.LooksAt(GuardrailStages.Input))
            {
                yield break;
            }

            (isNewest, end) = (false, start + 1);
        }
    }

    private async ValueTask<ChatMessage> CheckResultsAsync(IReadOnlyList<ChatMessage> messages, int place, ChatOptions? options, CancellationToken cancellationToken)
    {
        var message = messages[place];
        AIContent[] contents = [.. message.Contents];
        for (var index = 0; index < contents.Length; index++)
        {
            if (contents[index] is not FunctionResultContent result || result.Exception is GuardrailException { IsToolNotRun: true })
            {
                continue;
            }

            var request = new GuardrailRequest(GuardrailStages.ToolResult, [new(ChatRole.Tool, [result])]) { History = [.. messages.Take(place)], Options = options };
            var left = await runner.CheckAsync(request, cancellationToken).ConfigureAwait(false);
            contents[index] = left.Refusal is { } refusal
                ? new FunctionResultContent(result.CallId, $"Withheld: {refusal.Reason}")
                : left.Messages[0].Contents[0];
        }

        return contents.SequenceEqual(message.Contents, ReferenceEqualityComparer.Instance) ? message : Redactor.With(message, contents);
    }

    private IReadOnlyList<ChatMessage> InOrder(IReadOnlyList<ChatMessage> messages)
    {
        if (!runner.LooksAt(GuardrailStages.ToolCall))
        {
            return messages;
        }

        var (ordered, wereRun) = ResultOrder.Restore(messages);
        foreach (var (result, refused) in wereRun)
        {
            if (_told.TryAdd(result, result))
            {
                runner.Reporter.Tell(refused.Finding with { IsFailure = true, Reason = "a call that was refused was run nevertheless", Hits = 0 });
            }
        }

        return ordered.SequenceEqual(messages, ReferenceEqualityComparer.Instance) ? messages : ordered;
    }
}
