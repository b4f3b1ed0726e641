using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Guardrails;

/// <summary>Refuses calls of tools whose names end in "bad".</summary>
internal sealed class RefusingGuardrail : IGuardrail
{
    public string Name => "tools";

    public GuardrailStages Stages => GuardrailStages.ToolCall;

    /// <summary>Gets the answers of models, how many calls of good tools run, and how often the model is asked: <c>bad</c> is refused, <c>good</c> is not.</summary>
    public static TheoryData<string, int, int> Patterns => new()
    {
        { "=Done.", 0, 1 },
        { "good#a|=Done.", 1, 2 },
        { "bad#a|=Done.", 0, 2 },
        { "bad#a good#b|=Done.", 1, 2 },
        { "good#a bad#b|=Done.", 1, 2 },
        { "bad#a good#b good#c|=Done.", 2, 2 },
        { "good#a bad#b bad#c|=Done.", 1, 2 },
        { "bad#a bad#b bad#c|=Done.", 0, 2 },
        { "bad#a|bad#b|=Done.", 0, 3 },
        { "bad#a good#b|good#c bad#d|=Done.", 2, 3 },
        { "bad#a|bad#b good#c|good#d|=Done.", 2, 4 },
        { "bad#a|good#a|=Done.", 1, 3 },
        { "bad#a|bad#a|good#a|=Done.", 1, 4 },
        { "bad#a", 0, 4 },
    };

    public static GuardrailRule Rule => new(new RefusingGuardrail(), GuardrailMode.Block);

    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        ((FunctionCallContent)request.Messages[0].Contents[0]).Name.EndsWith("bad", StringComparison.Ordinal) ? GuardrailVerdict.Fail("it is not allowed") : GuardrailVerdict.Pass);
}
