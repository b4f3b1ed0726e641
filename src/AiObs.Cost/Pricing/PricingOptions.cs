using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Where prices come from, beside the table in the package.</summary>
/// <remarks>
/// For each call the sources are asked in this order: <c>AgentContext.UsePricing</c>, <see cref="Prices"/>, <see cref="PriceFile"/>,
/// the sources of <see cref="AddProvider"/> and of the container, the table. The model that answered is looked up first, then the one
/// that was asked for; an alias of the one that was asked for goes before both. Multipliers apply to whatever price was found.
/// </remarks>
public sealed class PricingOptions
{
    internal const string Section = AgentObservabilityOptions.SectionName + ":Costs:Pricing";

    private readonly List<IPricingProvider> _providers = [];

    /// <summary>Gets prices of the application's own, which go before the price file and the table.</summary>
    /// <value>Empty by default.</value>
    public IList<PriceOverride> Prices { get; private set; } = [];

    /// <summary>Gets or sets the path of a JSON file with prices, aliases and multipliers, or of a whole price table.</summary>
    /// <value>The default is <see langword="null"/>: no file. A relative path starts at the current directory of the process. At most 8 MiB.</value>
    /// <remarks>
    /// The file must be there and correct when the application starts. Later changes are taken over while it runs; a change that is not
    /// correct is warned of once and counted as <c>price_file</c> in <c>aiobs.faults</c>, and the last good prices stay.
    /// Its root is an object with these members, all of them optional: <c>version</c>, a text that receipts name; <c>prices</c>, a list of
    /// objects with <c>provider</c>, <c>model</c>, <c>match</c> (<c>exact</c> or <c>prefix</c>), <c>rates</c> and <c>tiers</c> (a list of
    /// <c>start</c> and <c>rates</c>); <c>aliases</c>, <c>serviceTierMultipliers</c> and <c>regionMultipliers</c>, objects like the options
    /// of the same names; <c>overlay</c>, what takes the place of all that the package knows of tiers, speeds, regions and rates that follow from others. Comments and trailing commas are allowed, other members are not.
    /// A file whose root is a list is a table as genai-prices publishes it (<c>data.json</c>, version 2): it is asked last, in the place of the table in the package and of one that <c>AddPriceRefresh()</c> brings.
    /// </remarks>
    public string? PriceFile { get; set; }

    /// <summary>Gets or sets how often to look whether the content of the price file has changed.</summary>
    /// <value>The default is 30 seconds. Must be a second or more and at most a day, or <see cref="TimeSpan.Zero"/>, which means never.</value>
    public TimeSpan PriceFileReloadInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets what deployments serve, from the name of the deployment to <c>provider/model</c>, such as <c>azure/gpt-4o</c>.</summary>
    /// <value>Empty by default. Names match whatever their case. An alias leads to a model, never to another alias, so there are no circles.</value>
    /// <remarks>Only needed where the response does not name the model either. A name with a colon, such as an ARN, cannot be a key of the configuration: use the price file.</remarks>
    public IDictionary<string, string> Aliases { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets who sends the bill for all calls, whatever their addresses say; on one client, for the calls of that.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the address tells, or <see cref="Hosts"/>. Otherwise as in <see cref="Hosts"/>, which goes before it.
    /// </value>
    public string? Provider { get; set; }

    /// <summary>Gets who sends the bill for the calls of a host, such as a gateway of your own: <c>gw.corp.example</c>, or with its port <c>gw.corp.example:8080</c>.</summary>
    /// <value>
    /// Empty by default: the hosts of known providers tell. A value is that of <c>gen_ai.provider.name</c> or an id of the price table;
    /// <c>free</c> for calls that cost nothing; or <c>litellm</c> where the model names its vendor, as in <c>anthropic/claude-sonnet-4-5</c>.
    /// </value>
    public IDictionary<string, string> Hosts { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets what calls cost of servers on this machine or in a network of your own, where nothing else says it.</summary>
    /// <value>The default is <see cref="LocalCallPricing.Unpriced"/>.</value>
    public LocalCallPricing LocalCalls { get; set; }

    /// <summary>Gets what the rates are multiplied by, by service tier: <c>flex</c>, or only for one provider <c>openai/flex</c>, or only for models whose name begins so <c>openai/gpt-5/flex</c>.</summary>
    /// <value>
    /// Empty by default. Each must be 0 or more; the most specific one counts. <c>standard</c>, <c>standard_only</c>, <c>default</c>, <c>auto</c> and
    /// <c>on_demand</c> are always 1 and cannot be named. A tier that is not named here nor in the price file is one of those that the package knows, such as <c>batch</c> of
    /// OpenAI; or else unknown: the rates stay and the record says <see cref="CostCompleteness.Partial"/>. Speeds such as <c>fast</c> can be named likewise.
    /// </value>
    public IDictionary<string, decimal> ServiceTierMultipliers { get; private set; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets what the rates are multiplied by, by region or data zone: <c>eu</c>, or scoped as in <see cref="ServiceTierMultipliers"/>.</summary>
    /// <value>
    /// Empty by default. Each must be 0 or more. A region that is not named here nor in the price file leaves the rates as they are; where the provider is known to have
    /// prices of its own there, the package's multiplier holds, or the record says <see cref="CostCompleteness.Partial"/>.
    /// </value>
    public IDictionary<string, decimal> RegionMultipliers { get; private set; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a source of prices of the application's own, asked after the price file and before the table, in the order of adding.</summary>
    /// <param name="provider">The source.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <see langword="null"/>.</exception>
    public void AddProvider(IPricingProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _providers.Add(provider);
    }

    /// <summary>Returns the sources that <see cref="AddProvider"/> added; a method, because configuration binds properties.</summary>
    internal IReadOnlyList<IPricingProvider> GetProviders() => _providers;

    /// <summary>Returns a copy that shares nothing mutable with this.</summary>
    internal PricingOptions Clone()
    {
        var copy = new PricingOptions
        {
            PriceFile = PriceFile,
            PriceFileReloadInterval = PriceFileReloadInterval,
            Provider = Provider,
            Hosts = new Dictionary<string, string>(Hosts, StringComparer.OrdinalIgnoreCase),
            LocalCalls = LocalCalls,
            Aliases = new Dictionary<string, string>(Aliases, StringComparer.OrdinalIgnoreCase),
            ServiceTierMultipliers = new Dictionary<string, decimal>(ServiceTierMultipliers, StringComparer.OrdinalIgnoreCase),
            RegionMultipliers = new Dictionary<string, decimal>(RegionMultipliers, StringComparer.OrdinalIgnoreCase),
        };
        foreach (var price in Prices)
        {
            copy.Prices.Add(price.Clone());
        }

        copy._providers.AddRange(_providers);
        return copy;
    }

    /// <summary>Says what is wrong, where, and what to do.</summary>
    internal void Validate(List<string> failures)
    {
        PricingRulesValidator.Validate(this, RulePath.OfOptions(Section), failures);
        if (PriceFileReloadInterval != TimeSpan.Zero
            && (PriceFileReloadInterval < TimeSpan.FromSeconds(1) || PriceFileReloadInterval > TimeSpan.FromDays(1)))
        {
            failures.Add($"{Section}:{nameof(PriceFileReloadInterval)} is {PriceFileReloadInterval}. Give a time from a second to a day, or 0 to read the file only once.");
        }

        if (Provider is not null && string.IsNullOrWhiteSpace(Provider))
        {
            failures.Add($"{Section}:{nameof(Provider)} is empty. Name a provider, or leave it out.");
        }

        foreach (var (host, provider) in Hosts)
        {
            if (string.IsNullOrWhiteSpace(host) || host.AsSpan().ContainsAny('/', ' ') || string.IsNullOrWhiteSpace(provider))
            {
                failures.Add($"{Section}:{nameof(Hosts)}:{host} is '{provider}'. Give a host, with its port or without, and who sends the bill: a provider, free or litellm.");
            }
        }

        if (!Enum.IsDefined(LocalCalls))
        {
            failures.Add($"{Section}:{nameof(LocalCalls)} has the unknown value {(int)LocalCalls}. Use Unpriced, Free or LikeProvider.");
        }

        if (PriceFile is not null)
        {
            failures.AddRange(PriceFileReader.Read(PriceFile).Problems);
        }
    }
}
