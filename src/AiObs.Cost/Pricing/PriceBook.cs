using AiObs.Cost.Tables;
using AiObs.Cost.Usage;
using AiObs.Operations;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Pricing;

/// <summary>All sources of prices in their order: the call's own, the options, the file, custom providers, the table; with aliases before and multipliers after.</summary>
internal sealed class PriceBook : IPricingProvider, IDisposable
{
    private readonly PriceSources _sources;
    private readonly PriceFile? _file;
    private readonly PricingLoader _loader;
    private readonly HostMatcher _hosts;
    private readonly CurrentTable _table;
    private volatile OverlaidTable? _overlaid;

    /// <summary>Initializes a new instance of the <see cref="PriceBook"/> class.</summary>
    /// <param name="options">Options that are valid; a copy of them is not needed, as nothing is read later.</param>
    /// <param name="providers">Sources of prices from the container, asked after those of the options.</param>
    /// <param name="faults">Counts what goes wrong.</param>
    /// <param name="logger">Hears of price files that cannot be used.</param>
    /// <param name="clock">Says when to look at the file, and when to load again what failed.</param>
    /// <param name="table">What is asked last, unless the file is a table.</param>
    public PriceBook(
        PricingOptions options,
        IEnumerable<IPricingProvider> providers,
        Faults faults,
        ILogger logger,
        TimeProvider clock,
        CurrentTable table)
    {
        IPricingProvider[] custom = [.. options.GetProviders(), .. providers];
        _file = options.PriceFile is { } path ? new PriceFile(path, options.PriceFileReloadInterval, faults, logger, clock) : null;
        _hosts = new HostMatcher(options);
        _loader = new PricingLoader(custom, faults, clock);
        _sources = new PriceSources(PricingRules.Of(options), _file, custom, faults);
        _table = table;
    }

    /// <summary>Gets the table that calls which start now are priced by.</summary>
    public IPriceTable Table
    {
        get
        {
            var table = _file?.Table ?? _table.Now;
            return _file?.Overlay is { } overlay ? Under(overlay, table) : table;
        }
    }

    /// <summary>Gets a value indicating whether a price file of the application's own stands in the place of the table.</summary>
    public bool HasOwnTable => _file?.Table is not null;

    /// <summary>Finds who sends the bill for the calls of an endpoint.</summary>
    public Seller SellerOf(ModelEndpoint endpoint) => _hosts.Of(endpoint);

    /// <summary>Starts to load the custom sources; without it the first call does.</summary>
    /// <param name="stopping">Cancelled when the application stops.</param>
    /// <returns>A task that ends, and never fails, when they are loaded or have failed; nothing needs to wait for it.</returns>
    public Task StartLoading(CancellationToken stopping) => _loader.Start(stopping);

    /// <summary>Makes the receipt of a usage. Never throws; what is not known comes back unpriced with the reason.</summary>
    /// <param name="request">What is to be priced, with the model that answered, or else the one that was asked for.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="terms">What else the price depends on.</param>
    /// <param name="requestedModel">The model that was asked for: a deployment's alias goes by it, and a price where the model that answered has none.</param>
    public CostReceipt Price(in PriceRequest request, CallUsage usage, in PriceTerms terms, string? requestedModel = null)
    {
        if (usage.Quantities.IsEmpty)
        {
            return Unpriced(usage, usage.Reason ?? "no usage was reported");
        }

        Find(in request, in terms, requestedModel, out var hit);
        if (hit.Lookup.Price is not { } price)
        {
            return Unpriced(usage, PriceReasons.Of(in hit, requestedModel));
        }

        var factors = PriceFactors.Of(_sources, in hit, in terms, usage.Quantities[UsageUnits.Input] ?? 0);
        var isEstimated = usage.IsEstimated && usage.MattersTo(price);
        var receipt = PriceCalculator.Calculate(price, hit.Source, usage.Quantities, factors.All, isEstimated && usage.Reason is null);
        var complete = PriceReasons.Complete(receipt, usage, isEstimated, factors.Unknown, price.Caveat);
        return usage.Completeness == CostCompleteness.Exact ? complete : complete with { UsageCompleteness = usage.Completeness };
    }

    /// <summary>Finds the price of a call; aliases apply, multipliers do not.</summary>
    public PriceLookup Find(in PriceRequest request, in PriceTerms terms, out PriceSource source, string? requestedModel = null)
    {
        Find(in request, in terms, requestedModel, out var hit);
        source = hit.Source;
        return hit.Lookup;
    }

    /// <summary>Says what a call would cost in USD, multipliers included; <see langword="null"/> where there is no price.</summary>
    public decimal? Estimate(in PriceRequest request, in PriceTerms terms, long inputTokens, long outputTokens)
    {
        Find(in request, in terms, requestedModel: null, out var hit);
        return hit.Lookup.Price is { } price
            ? PriceCalculator.Calculate(
                price, hit.Source, UsageMapper.Tokens(inputTokens, outputTokens), PriceFactors.Of(_sources, in hit, in terms, inputTokens).All, isEstimated: true).Total
            : null;
    }

    /// <summary>Finds the price of a call that was made before; aliases apply, multipliers do not.</summary>
    PriceLookup IPricingProvider.Find(in PriceRequest request)
    {
        Find(in request, default, requestedModel: null, out var hit);
        return hit.Lookup;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _loader.Dispose();
    }

    private void Find(in PriceRequest request, in PriceTerms terms, string? requestedModel, out PriceHit hit)
    {
        _loader.StartDue();
        var table = terms.Table ?? Table;

        // A structure can be made without its constructor.
        if (request.Model is null)
        {
            _sources.Find(request with { Model = "" }, terms.Override, table, requestedModel, out hit);
        }
        else
        {
            _sources.Find(in request, terms.Override, table, requestedModel == request.Model ? null : requestedModel, out hit);
        }
    }

    /// <summary>Returns a table with the price file's overlay; made once, until either changes.</summary>
    private IPriceTable Under(PriceOverlay overlay, IPriceTable table)
    {
        var overlaid = _overlaid;
        if (overlaid is null || overlaid.Overlay != overlay || overlaid.Table != table)
        {
            _overlaid = overlaid = new(overlay, table, table.Under(overlay));
        }

        return overlaid.Result;
    }

    private static CostReceipt Unpriced(CallUsage usage, string reason) =>
        new() { Usage = usage.Quantities, UsageCompleteness = usage.Completeness, Completeness = CostCompleteness.Unpriced, Reason = reason };

    private sealed record OverlaidTable(PriceOverlay Overlay, IPriceTable Table, IPriceTable Result);
}
