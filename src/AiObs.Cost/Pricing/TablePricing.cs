using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>A price table as a source of prices.</summary>
/// <param name="table">The table; <see langword="null"/> for that of the package, which is not read before the first call asks for it.</param>
/// <param name="source">What receipts say of where its prices came from.</param>
internal sealed class TablePricing(PriceTable? table, PriceSource source) : IPriceTable
{
    /// <summary>Gets the table of the package.</summary>
    public static TablePricing Embedded { get; } = new(null, PriceSource.Table);

    public PriceSource Source => source;

    public string Version => table?.Rules.Version ?? EmbeddedPrices.Version;

    private PriceTable Table => table ?? PriceTable.Default;

    public PriceLookup Find(in PriceRequest request) =>
        request.WhyUnlisted is null ? Table.Find(in request) : PriceLookup.UnknownProvider;

    public IPriceTable Under(PriceOverlay overlay) => new TablePricing(Table.Under(overlay), source);

    public int? FindContextWindow(string model, string? provider = null, string? address = null) => Table.FindContextWindow(model, provider, address);

    public IReadOnlyList<string> FindSimilar(in PriceRequest request, int count) => Table.FindSimilar(in request, count);
}
