using AiObs.Cost.Tables;

namespace AiObs.Cost.Pricing;

/// <summary>The rates of one model at one time.</summary>
public sealed class ModelPrice
{
    private IReadOnlyDictionary<string, UnitRate>? _rates;

    /// <summary>Initializes a new instance of the <see cref="ModelPrice"/> class.</summary>
    /// <param name="provider">The provider, in the source's spelling.</param>
    /// <param name="model">The source's id of the model.</param>
    /// <param name="rates">The rates by price key, such as <c>input_mtok</c>, <c>output_mtok</c>, <c>cache_read_mtok</c>; empty for a model that is free.</param>
    /// <exception cref="ArgumentException">A price key is unknown, a rate is negative, tiers do not ascend, or two units overlap (such as cached
    /// and audio tokens) and there is no rate for what is both.</exception>
    public ModelPrice(string provider, string model, IReadOnlyDictionary<string, UnitRate> rates)
        : this(provider, model, Arrange(provider, model, rates))
    {
    }

    private ModelPrice(string provider, string model, RateCard card)
    {
        Provider = provider;
        Model = model;
        Card = card;
    }

    /// <summary>Gets the provider, in the source's spelling.</summary>
    public string Provider { get; }

    /// <summary>Gets the source's id of the model.</summary>
    public string Model { get; }

    /// <summary>Gets the rates by price key.</summary>
    public IReadOnlyDictionary<string, UnitRate> Rates => _rates ??= Card.ToRates().AsReadOnly();

    /// <summary>Gets the version of the data; <see langword="null"/> where the source has none.</summary>
    public string? DataVersion { get; init; }

    /// <summary>Gets the rates as the calculator reads them.</summary>
    internal RateCard Card { get; }

    /// <summary>Gets how many seconds of audio are billed at least, where there are any.</summary>
    internal decimal? MinimumAudioSeconds { get; private init; }

    /// <summary>Gets why the rates are not certainly those of the model that was asked for; <see langword="null"/> where they are.</summary>
    internal PriceCaveat? Caveat { get; private init; }

    /// <summary>Makes a price of a table from rates that are arranged already.</summary>
    internal static ModelPrice FromTable(string provider, string model, RateCard card, string version, decimal? minimumAudioSeconds) =>
        new(provider, model, card) { DataVersion = version, MinimumAudioSeconds = minimumAudioSeconds };

    /// <summary>Returns the same price in the name of a provider who resells the model.</summary>
    internal ModelPrice SoldBy(string provider) =>
        new(provider, Model, Card) { DataVersion = DataVersion, MinimumAudioSeconds = MinimumAudioSeconds, Caveat = Caveat };

    /// <summary>Returns the same price with other rates.</summary>
    internal ModelPrice With(RateCard card) => new(Provider, Model, card) { DataVersion = DataVersion, MinimumAudioSeconds = MinimumAudioSeconds, Caveat = Caveat };

    /// <summary>Returns the same price, of which it is not certain that it is the right one.</summary>
    internal ModelPrice Under(PriceCaveat caveat) =>
        new(Provider, Model, Card) { DataVersion = DataVersion, MinimumAudioSeconds = MinimumAudioSeconds, Caveat = Caveat?.And(caveat) ?? caveat };

    private static RateCard Arrange(string provider, string model, IReadOnlyDictionary<string, UnitRate> rates)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rates);

        return RateCard.Create(rates, provider, model);
    }
}
