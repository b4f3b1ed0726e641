using AiObs.Guardrails;

namespace AiObs.DocSnippets;

#region snippet:guardrail-own
internal sealed class CodeNameGuardrail : IGuardrail
{
    private const string CodeName = "Bluebird";

    public string Name => "code_name";

    public GuardrailStages Stages => GuardrailStages.All;

    public bool CanRedact => true;

    public int? LongestMatch => CodeName.Length;

    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        List<GuardrailHit> hits = [];
        for (var text = 0; text < request.Texts.Count; text++)
        {
            var value = request.Texts[text].Value;
            for (var start = value.IndexOf(CodeName, StringComparison.Ordinal); start >= 0; start = value.IndexOf(CodeName, start + CodeName.Length, StringComparison.Ordinal))
            {
                hits.Add(new("the name of a secret project") { Text = text, Start = start, Length = CodeName.Length });
            }
        }

        return ValueTask.FromResult(new GuardrailVerdict(hits));
    }
}
#endregion
