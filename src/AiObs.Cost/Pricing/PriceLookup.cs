namespace AiObs.Cost.Pricing;

/// <summary>What a source of prices answers: a price, or that it knows none.</summary>
public readonly record struct PriceLookup
{
    /// <summary>Gets the answer of a source that does not know who serves the model.</summary>
    public static PriceLookup UnknownProvider { get; } = new() { LacksProvider = true };

    /// <summary>Gets the answer of a source that does not know the model; the default.</summary>
    public static PriceLookup UnknownModel => default;

    /// <summary>Gets the price; <see langword="null"/> where there is none.</summary>
    public ModelPrice? Price { get; private init; }

    /// <summary>Gets a value indicating whether it is the provider, and not the model, that is not known.</summary>
    internal bool LacksProvider { get; private init; }

    /// <summary>Answers with a price.</summary>
    /// <param name="price">The price.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="price"/> is <see langword="null"/>.</exception>
    public static PriceLookup Found(ModelPrice price)
    {
        ArgumentNullException.ThrowIfNull(price);
        return new() { Price = price };
    }
}
