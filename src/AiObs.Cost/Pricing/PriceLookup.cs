namespace AiObs.Cost.Pricing;

/// <summary>What a source of prices answers: a price, or why it has none.</summary>
public readonly record struct PriceLookup
{
    private PriceLookup(ModelPrice? price, PriceMiss miss)
    {
        Price = price;
        Miss = miss;
    }

    /// <summary>Gets the answer of a source that does not know who serves the model.</summary>
    public static PriceLookup UnknownProvider { get; } = new(null, PriceMiss.UnknownProvider);

    /// <summary>Gets the answer of a source that does not know the model.</summary>
    public static PriceLookup UnknownModel { get; } = new(null, PriceMiss.UnknownModel);

    /// <summary>Gets the price; <see langword="null"/> where there is none.</summary>
    public ModelPrice? Price { get; }

    /// <summary>Gets why there is none; <see cref="PriceMiss.None"/> where there is one.</summary>
    public PriceMiss Miss { get; }

    /// <summary>Answers with a price.</summary>
    /// <param name="price">The price.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="price"/> is <see langword="null"/>.</exception>
    public static PriceLookup Found(ModelPrice price)
    {
        ArgumentNullException.ThrowIfNull(price);
        return new(price, PriceMiss.None);
    }
}
