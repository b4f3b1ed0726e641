using AiObs.Events;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class GuardrailSnippets
{
    public static IChatClient Use(IChatClient model, IGuardrail secrets, IGuardrail judge)
    {
        #region snippet:guardrail-use
        IChatClient client = model.AsBuilder()
            .UseFunctionInvocation()
            .UseGuardrails(
                new GuardrailRule(secrets, GuardrailMode.Redact),
                new GuardrailRule(judge, GuardrailMode.Shadow) { Stages = GuardrailStages.Output })
            .UseAgentObservability()
            .Build();
        #endregion

        return client;
    }

    public static void Container(IServiceCollection services, IChatClient model, IGuardrail secrets)
    {
        #region snippet:guardrail-container
        services.AddAgentObservability().AddConversations(c => c.Guardrails.Add(new(secrets, GuardrailMode.Block)));
        services.AddChatClient(model).UseFunctionInvocation().UseGuardrails(o => o.RefusalText = "I cannot help with that.");
        #endregion
    }

    public static AIFunction Function(AIFunction pay, IGuardrail limits, AgentObservability observability)
    {
        #region snippet:guardrail-function
        AIFunction guarded = pay.Guarded(observability, new GuardrailRule(limits, GuardrailMode.Block));
        #endregion

        return guarded;
    }

    public static async Task ByHand(AgentObservability observability)
    {
        #region snippet:guardrail-by-hand
        await observability.Events.TrackAsync(AgentEventTypes.PolicyViolation, data: [new("policy", "working_hours"), new("reason", "asked at night"), new("mode", "warn")]);
        #endregion
    }
}
