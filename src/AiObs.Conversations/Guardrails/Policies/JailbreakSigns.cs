using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>The signs of a jailbreak, what each is worth in tenths, and how each is found.</summary>
internal sealed class JailbreakSigns(JailbreakGuardrail options)
{
    public const int WhenDecoded = 2;

    public (string Reason, int Weight, PhraseFinder Phrases)[] All { get; } =
    [
        ("sets instructions aside", 4, Of(options, JailbreakPhrases.InstructionOverrides, options.InstructionOverrides)),
        ("takes another role", 3, Of(options, JailbreakPhrases.RoleOverrides, options.RoleOverrides)),
        ("names a known attack or its aim", 3, Of(options, JailbreakPhrases.KnownNames, options.KnownNames)),
    ];

    private static PhraseFinder Of(JailbreakGuardrail options, string[] builtIn, IReadOnlyList<string> own) => new(options.UsesBuiltInLists ? builtIn : [], own);
}
