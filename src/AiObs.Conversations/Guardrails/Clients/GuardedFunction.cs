using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Guards a function where no loop does.</summary>
internal sealed class GuardedFunction(AIFunction function, GuardrailRunner runner) : DelegatingAIFunction(function)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var context = FunctionInvokingChatClient.CurrentContext;
        var history = context?.Messages as IReadOnlyList<ChatMessage> ?? [.. context?.Messages ?? []];
        var call = new FunctionCallContent(context?.CallContent?.CallId ?? Guid.NewGuid().ToString("N"), Name, new Dictionary<string, object?>(arguments, StringComparer.Ordinal));
        var asked = await runner.CheckAsync(new(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [call])]) { History = history, Options = context?.Options }, cancellationToken).ConfigureAwait(false);
        if (asked.Refusal is { } refusal)
        {
            return $"Not run: {refusal.Reason}";
        }

        var left = ((FunctionCallContent)asked.Messages[0].Contents[0]).Arguments!;
        var result = await base.InvokeCoreAsync(ReferenceEquals(left, call.Arguments) ? arguments : With(arguments, left), cancellationToken).ConfigureAwait(false);
        if (result is null)
        {
            return null;
        }

        var told = new FunctionResultContent(call.CallId, result);
        var answered = await runner.CheckAsync(
            new(GuardrailStages.ToolResult, [new(ChatRole.Tool, [told])]) { History = [.. history, new(ChatRole.Assistant, [call])], Options = context?.Options }, cancellationToken).ConfigureAwait(false);
        return answered.Refusal is { } withheld ? $"Withheld: {withheld.Reason}" : ((FunctionResultContent)answered.Messages[0].Contents[0]).Result;
    }

    private static AIFunctionArguments With(AIFunctionArguments arguments, IDictionary<string, object?> left)
    {
        var changed = new AIFunctionArguments(left, StringComparer.Ordinal) { Services = arguments.Services };
        if (arguments.Context is { } context)
        {
            changed.Context = new Dictionary<object, object?>(context);
        }

        return changed;
    }
}
