using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Makes guardrails that refuse calls by the name of the tool.</summary>
internal static class RefusingTools
{
    public static IGuardrail Named(string name) => new StubGuardrail
    {
        Name = "tools",
        Stages = GuardrailStages.ToolCall,
        CanRedact = false,
        OnCheck = (request, _) => ValueTask.FromResult(((FunctionCallContent)request.Messages[0].Contents[0]).Name == name ? GuardrailVerdict.Fail($"{name} is not allowed") : GuardrailVerdict.Pass),
    };
}
