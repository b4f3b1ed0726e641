using AiObs.Conversations.Guardrails;
using AiObs.Conversations.Guardrails.Clients;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Guards the answer of a stream: what may refuse or replace it looks before anything is shown, what only tells looks at the end.</summary>
internal static class OutputGuard
{
    /// <summary>Returns a client that shows nothing of an answer that a guardrail refuses or replaces.</summary>
    public static IChatClient Of(IChatClient client, AgentObservability observability, GuardrailRunner guardrails)
    {
        GuardrailRule[] gates = [.. guardrails.Rules.Where(IsGate).Select(static rule => new GuardrailRule(rule.Guardrail, rule.Mode) { Stages = GuardrailStages.Output, OnFailure = rule.OnFailure, Timeout = rule.Timeout })];
        return gates.Length == 0 ? client : new GuardedChatClient(client, observability, gates, refusalText: null, owned: null);
    }

    /// <summary>Lets guardrails that hold nothing back look at an answer that was shown.</summary>
    public static async ValueTask<IReadOnlyList<GuardrailFinding>> WatchAsync(ChatResponse response, IReadOnlyList<ChatMessage> sent, AgentObservability observability, GuardrailRunner guardrails)
    {
        GuardrailRule[] watching = [.. guardrails.Rules.Where(static rule => rule.Stages.HasFlag(GuardrailStages.Output) && !IsGate(rule))];
        return watching.Length == 0
            ? []
            : (await new GuardrailRunner(observability, watching).CheckAsync(new(GuardrailStages.Output, [.. response.Messages]) { History = sent }, CancellationToken.None).ConfigureAwait(false)).Findings;
    }

    /// <exception cref="InvalidOperationException">A rule is for tools, and nothing looks at them before they run.</exception>
    public static void ThrowIfToolsAreUnguarded(IChatClient client, ChatOptions? options, GuardrailRunner guardrails)
    {
        var hasTools = options is { Tools.Count: > 0 } || client.GetService<FunctionInvokingChatClient>() is not null;
        if (hasTools && client.GetService<GuardedChatClient>() is null && guardrails.Rules.FirstOrDefault(static rule => (rule.Stages & (GuardrailStages.ToolCall | GuardrailStages.ToolResult)) != 0) is { } rule)
        {
            throw new InvalidOperationException(
                $"The guardrail '{rule.Guardrail.Name}' looks at {rule.Stages}, but nothing in the client looks at tools before they run. Put UseGuardrails() inside of the function loop: "
                + "UseConversations(), UseFunctionInvocation(), UseGuardrails(), and then what observes the model. Nothing was stored.");
        }
    }

    private static bool IsGate(GuardrailRule rule) => rule.Stages.HasFlag(GuardrailStages.Output) && rule.Mode is (GuardrailMode.Block or GuardrailMode.Redact);
}
