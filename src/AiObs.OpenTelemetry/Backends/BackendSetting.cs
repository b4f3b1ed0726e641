namespace AiObs.OpenTelemetry.Backends;

/// <summary>A text that a backend has to be told.</summary>
/// <param name="Option">The option that holds it.</param>
/// <param name="Get">Reads the option.</param>
/// <param name="Set">Sets the option.</param>
/// <param name="Variable">The environment variable that is read where the option is not set.</param>
/// <param name="Needed">What it has to be, for the message where it is missing; <see langword="null"/> where it may be.</param>
internal sealed record BackendSetting<TOptions>(
    string Option, Func<TOptions, string?> Get, Action<TOptions, string> Set, string Variable, string? Needed = null)
{
    /// <summary>Gets when it is needed; <see langword="null"/> for always.</summary>
    public Predicate<TOptions>? IsNeeded { get; init; }

    public void Check(TOptions options, OptionChecks checks)
    {
        if (Needed is not null && string.IsNullOrWhiteSpace(Get(options)) && IsNeeded?.Invoke(options) != false)
        {
            checks.Fail(Option, $"is missing. Set it, or the environment variable {Variable}, to {Needed}.");
        }
    }
}
