namespace AiObs.Cost.Pricing;

/// <summary>What is to be priced.</summary>
/// <param name="Model">The model, as the provider or the caller spells it.</param>
/// <param name="Provider">Who serves it, in any known spelling; <see langword="null"/> when unknown.</param>
/// <param name="Time">When the call started; some prices change by date or by time of day.</param>
public readonly record struct PriceRequest(string Model, string? Provider, DateTimeOffset Time)
{
    /// <summary>Gets the address that was called, from which a provider can be told where none is given.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>Gets why the table is not asked; <see langword="null"/> where it is.</summary>
    internal string? WhyUnlisted { get; init; }

    /// <summary>Gets a value indicating whether the application says that the call costs nothing, unless it has a price for it.</summary>
    internal bool IsFree { get; init; }
}
