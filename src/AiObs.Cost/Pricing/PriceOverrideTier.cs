namespace AiObs.Cost.Pricing;

/// <summary>The rates of a <see cref="PriceOverride"/> for calls above a size; they hold for the whole call, not only for the part above.</summary>
public sealed class PriceOverrideTier
{
    /// <summary>Gets or sets the number of input tokens, cached ones included, that a call must exceed.</summary>
    /// <value>Must be 1 or more.</value>
    public long Start { get; set; }

    /// <summary>Gets the rates in USD by price key; what is not named keeps its rate.</summary>
    /// <value>Empty by default. Must hold at least one rate, each 0 or more.</value>
    public IDictionary<string, decimal> Rates { get; private set; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    internal PriceOverrideTier Clone() =>
        new() { Start = Start, Rates = new Dictionary<string, decimal>(Rates, StringComparer.Ordinal) };
}
