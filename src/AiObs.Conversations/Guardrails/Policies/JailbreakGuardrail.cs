using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>Finds attempts to talk a model out of its instructions, by what they usually say.</summary>
/// <remarks>
/// Three signs add up, each once: taking another role (0.3), setting instructions aside or asking for them (0.4), and names of known attacks and of what they are after (0.3); 0.2 more where a sign was written in base64,
/// percent-encoded or in tags. The sum is at most 1. Case, accents, look-alikes, digits in the place of letters and characters that nobody sees do not count. The lists know English, German, French, Spanish,
/// Italian, Portuguese, Dutch, Polish, Russian, Turkish, Chinese and Japanese. It finds what is said in the usual words and no others: a judge, tools with few rights and approvals are what holds.
/// </remarks>
public sealed class JailbreakGuardrail : IGuardrail
{
    private JailbreakSigns? _signs;

    /// <summary>Gets from which score on it finds something.</summary>
    /// <value>The default is 0.7: two signs, one of them about instructions. With 0.4 instructions alone are enough. Must be greater than 0 and at most 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public double Threshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(Threshold));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1, nameof(Threshold));
            field = value;
        }
    } = 0.7;

    /// <summary>Gets a value indicating whether all messages of the user are looked at together, those in <see cref="GuardrailRequest.History"/> too, so that an attempt may be spread over several.</summary>
    /// <value>The default is <see langword="false"/>: only the last one is. Results of tools are looked at alone.</value>
    public bool ChecksAllUserMessages { get; init; }

    /// <summary>Gets a value indicating whether the lists that come with it are used.</summary>
    /// <value>The default is <see langword="true"/>; with <see langword="false"/> only <see cref="RoleOverrides"/>, <see cref="InstructionOverrides"/> and <see cref="KnownNames"/> count.</value>
    public bool UsesBuiltInLists { get; init; } = true;

    /// <summary>Gets words and phrases of your own for taking another role.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">One has nothing that can be seen.</exception>
    public IReadOnlyList<string> RoleOverrides
    {
        get;
        init => field = PolicyWords.CheckEach(value, nameof(RoleOverrides));
    } = [];

    /// <summary>Gets words and phrases of your own for setting instructions aside.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">One has nothing that can be seen.</exception>
    public IReadOnlyList<string> InstructionOverrides
    {
        get;
        init => field = PolicyWords.CheckEach(value, nameof(InstructionOverrides));
    } = [];

    /// <summary>Gets names of your own of attacks and of what they are after.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">One has nothing that can be seen.</exception>
    public IReadOnlyList<string> KnownNames
    {
        get;
        init => field = PolicyWords.CheckEach(value, nameof(KnownNames));
    } = [];

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>jailbreak</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "jailbreak";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.Input | GuardrailStages.ToolResult;

    private JailbreakSigns Signs => _signs ??= new(this);

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var score = new JailbreakScore(Signs);
        foreach (var (index, text) in JailbreakTexts.Of(request, ChecksAllUserMessages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            score.Add(index, text);
        }

        return new(score.Value >= Threshold ? new GuardrailVerdict(score.Hits) : GuardrailVerdict.Pass);
    }
}
