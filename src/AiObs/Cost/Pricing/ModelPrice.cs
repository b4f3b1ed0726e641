namespace AiObs.Cost.Pricing;

/// <summary>The rates of one model at one time.</summary>
public sealed class ModelPrice
{
    /// <summary>Initializes a new instance of the <see cref="ModelPrice"/> class.</summary>
    /// <param name="provider">The provider, in the source's spelling.</param>
    /// <param name="model">The source's id of the model.</param>
    /// <param name="rates">The rates by price key, such as <c>input_mtok</c>, <c>output_mtok</c>, <c>cache_read_mtok</c>; empty for a model that is free.</param>
    /// <exception cref="ArgumentException">A price key is unknown, or a rate is negative.</exception>
    public ModelPrice(string provider, string model, IReadOnlyDictionary<string, UnitRate> rates)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rates);
        Provider = provider;
        Model = model;
        Rates = rates;
    }

    /// <summary>Gets the provider, in the source's spelling.</summary>
    public string Provider { get; }

    /// <summary>Gets the source's id of the model.</summary>
    public string Model { get; }

    /// <summary>Gets the rates by price key.</summary>
    public IReadOnlyDictionary<string, UnitRate> Rates { get; }

    /// <summary>Gets the version of the data; <see langword="null"/> where the source has none.</summary>
    public string? DataVersion { get; init; }
}
