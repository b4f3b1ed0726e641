using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Finds what it is told to find, and counts how often it looks.</summary>
internal sealed class StubGuardrail : IGuardrail
{
    private int _checks;

    public string Name { get; init; } = "secrets";

    public GuardrailStages Stages { get; init; } = GuardrailStages.All;

    public bool CanRedact { get; init; } = true;

    public int? LongestMatch { get; init; }

    /// <summary>Gets what it does; by default it finds nothing.</summary>
    public Func<GuardrailRequest, CancellationToken, ValueTask<GuardrailVerdict>> OnCheck { get; init; } = static (_, _) => ValueTask.FromResult(GuardrailVerdict.Pass);

    public int Checks => Volatile.Read(ref _checks);

    /// <summary>Makes one that finds each place of a word.</summary>
    public static StubGuardrail Finding(string word, string name = "secrets", GuardrailStages stages = GuardrailStages.All) =>
        new() { Name = name, Stages = stages, LongestMatch = word.Length, OnCheck = (request, _) => ValueTask.FromResult(new GuardrailVerdict([.. HitsOf(request, word)])) };

    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _checks);
        return OnCheck(request, cancellationToken);
    }

    private static IEnumerable<GuardrailHit> HitsOf(GuardrailRequest request, string word)
    {
        for (var text = 0; text < request.Texts.Count; text++)
        {
            var value = request.Texts[text].Value;
            for (var at = value.IndexOf(word, StringComparison.Ordinal); at >= 0; at = value.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                yield return new("a secret") { Text = text, Start = at, Length = word.Length };
            }
        }
    }
}
