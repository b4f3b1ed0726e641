using AiObs.Conversations.Guardrails;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Guards the results of tools that are about to be stored: function loops return them as the tools did. What was looked at inside of the loop is not looked at again.</summary>
internal static class ToolResultGuard
{
    public static async ValueTask<IReadOnlyList<ChatMessage>> CheckAsync(IReadOnlyList<ChatMessage> messages, GuardrailRunner guardrails, CancellationToken cancellationToken)
    {
        if (!guardrails.LooksAt(GuardrailStages.ToolResult))
        {
            return messages;
        }

        List<ChatMessage> left = [];
        foreach (var message in messages)
        {
            left.Add(await CheckAsync(message, messages, guardrails, cancellationToken).ConfigureAwait(false));
        }

        return left;
    }

    private static async ValueTask<ChatMessage> CheckAsync(ChatMessage message, IReadOnlyList<ChatMessage> history, GuardrailRunner guardrails, CancellationToken cancellationToken)
    {
        AIContent[] contents = [.. message.Contents];
        for (var index = 0; index < contents.Length; index++)
        {
            if (contents[index] is not FunctionResultContent result || result.Exception is GuardrailException)
            {
                continue;
            }

            var checkedResult = await guardrails.CheckAsync(new(GuardrailStages.ToolResult, [new(ChatRole.Tool, [result])]) { History = history }, cancellationToken).ConfigureAwait(false);
            contents[index] = checkedResult.Refusal is { } refusal ? new FunctionResultContent(result.CallId, $"Withheld: {refusal.Reason}") : checkedResult.Messages[0].Contents[0];
        }

        return contents.SequenceEqual(message.Contents, ReferenceEqualityComparer.Instance) ? message : Redactor.With(message, contents);
    }
}
