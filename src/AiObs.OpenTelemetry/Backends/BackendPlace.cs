namespace AiObs.OpenTelemetry.Backends;

/// <summary>Where a backend is when no address is set.</summary>
/// <param name="Option">The option that says so.</param>
/// <param name="Find">Makes the address of valid options.</param>
/// <param name="Check">Tells whether the option is valid.</param>
internal sealed record BackendPlace<TOptions>(string Option, Func<TOptions, string> Find, Action<TOptions, OptionChecks> Check);
