using AiObs.Conversations.Guardrails;

namespace AiObs.Guardrails;

/// <summary>A guardrail, and what follows when it finds something.</summary>
public sealed class GuardrailRule
{
    /// <summary>Initializes a new instance of the <see cref="GuardrailRule"/> class.</summary>
    /// <param name="guardrail">The guardrail.</param>
    /// <param name="mode">What follows when it finds something.</param>
    /// <exception cref="ArgumentNullException"><paramref name="guardrail"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The guardrail has no name, or the mode is <see cref="GuardrailMode.Redact"/>, and it cannot say where its hits stand.</exception>
    public GuardrailRule(IGuardrail guardrail, GuardrailMode mode)
    {
        ArgumentNullException.ThrowIfNull(guardrail);
        ArgumentException.ThrowIfNullOrWhiteSpace(guardrail.Name, nameof(guardrail));
        if (mode == GuardrailMode.Redact && !guardrail.CanRedact)
        {
            throw new ArgumentException(
                $"The guardrail '{guardrail.Name}' cannot say where its hits stand, so that nothing can be replaced. Use {nameof(GuardrailMode.Block)}, {nameof(GuardrailMode.Warn)} or {nameof(GuardrailMode.Shadow)}.", nameof(mode));
        }

        Guardrail = guardrail;
        Name = guardrail.Name;
        Mode = mode;
        Stages = guardrail.Stages;
        OnFailure = mode == GuardrailMode.Redact ? GuardrailMode.Block : mode;
    }

    /// <summary>Gets the guardrail.</summary>
    public IGuardrail Guardrail { get; }

    /// <summary>Gets what follows when it finds something.</summary>
    public GuardrailMode Mode { get; }

    /// <summary>Gets where it looks.</summary>
    /// <value>The default is everywhere where the guardrail can.</value>
    /// <exception cref="ArgumentException">The guardrail cannot look there.</exception>
    public GuardrailStages Stages
    {
        get;
        init => field = value != GuardrailStages.None && (value & ~Guardrail.Stages) == 0
            ? value
            : throw new ArgumentException($"The guardrail '{Guardrail.Name}' looks at {Guardrail.Stages}, not at {value}.", nameof(value));
    }

    /// <summary>Gets what follows when the guardrail throws or is too late. <see cref="GuardrailMode.Redact"/> is none of the choices, as nobody knows what to replace.</summary>
    /// <value>The default is <see cref="GuardrailMode.Block"/> where the mode is block or redact, else the mode itself.</value>
    /// <exception cref="ArgumentException">It is <see cref="GuardrailMode.Redact"/>.</exception>
    public GuardrailMode OnFailure
    {
        get;
        init => field = value != GuardrailMode.Redact
            ? value
            : throw new ArgumentException($"{nameof(OnFailure)} cannot be {nameof(GuardrailMode.Redact)}: where the guardrail failed, nobody knows what to replace.", nameof(value));
    }

    /// <summary>Gets how long it may look.</summary>
    /// <value>The default is 10 seconds. Must be positive, and at most 24 days.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(24));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the name that the guardrail had when the rule was made: it is on metrics, so that it must not change from call to call.</summary>
    internal string Name { get; }

    /// <summary>Gets what it let pass.</summary>
    internal GuardrailMemory Memory { get; } = new();
}
