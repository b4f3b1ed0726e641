namespace AiObs.Cost.Pricing;

/// <summary>A price of the application's own for one model, or for a family of models: a contract, a discount, a model that nobody else knows.</summary>
/// <remarks>
/// Where several fit a call, a whole name beats a prefix, a longer prefix a shorter one, one with a provider one without, and then the
/// one that was added last.
/// </remarks>
public sealed class PriceOverride
{
    /// <summary>Gets or sets who serves the model.</summary>
    /// <value>
    /// The default is <see langword="null"/>: whoever it is. Otherwise a value of <c>gen_ai.provider.name</c> or an id of the price table;
    /// <c>azure.ai.openai</c> and <c>azure</c> are the same.
    /// </value>
    public string? Provider { get; set; }

    /// <summary>Gets or sets the model, as the response or the request names it: the model's own name, or that of a deployment. Case never matters.</summary>
    /// <value>Must not be empty. With a <c>*</c> at its end it fits each name that begins so: <c>gpt-4o*</c> is for all dated snapshots, too.</value>
    public string Model { get; set; } = "";

    /// <summary>Gets the rates in USD by price key: <c>input_mtok</c>, <c>output_mtok</c> and <c>cache_read_mtok</c> are for a million tokens, <c>requests_kcount</c> for a thousand requests.</summary>
    /// <value>Empty by default. Must hold at least one rate, each 0 or more; a model that costs nothing has the rate 0.</value>
    public IDictionary<string, decimal> Rates { get; private set; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Gets the rates of large calls.</summary>
    /// <value>Empty by default. Starts must ascend, and each key must have a rate in <see cref="Rates"/> too.</value>
    public IList<PriceOverrideTier> Tiers { get; private set; } = [];

    internal PriceOverride Clone()
    {
        var copy = new PriceOverride
        {
            Provider = Provider,
            Model = Model,
            Rates = new Dictionary<string, decimal>(Rates, StringComparer.Ordinal),
        };
        foreach (var tier in Tiers)
        {
            copy.Tiers.Add(tier.Clone());
        }

        return copy;
    }
}
