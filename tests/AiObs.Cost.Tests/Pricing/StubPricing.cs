using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>A source of prices that knows the models it is given, at their rate for a million input tokens, and remembers what it was asked.</summary>
internal sealed class StubPricing : IPriceTable
{
    private readonly Dictionary<string, ModelPrice> _prices = [];

    public StubPricing(params (string Model, decimal Rate)[] prices)
    {
        foreach (var (model, rate) in prices)
        {
            _prices[model] = Price("stub", model, rate);
        }
    }

    public List<PriceRequest> Requests { get; } = [];

    public PriceLookup Miss { get; init; } = PriceLookup.UnknownModel;

    public PriceSource Source => PriceSource.Table;

    public string Version => "stub";

    public Func<CancellationToken, ValueTask> Load { get; init; } = _ => ValueTask.CompletedTask;

    public static ModelPrice Price(string provider, string model, decimal rate) =>
        new(provider, model, new Dictionary<string, UnitRate> { ["input_mtok"] = rate, ["output_mtok"] = 2 * rate });

    public PriceLookup Find(in PriceRequest request)
    {
        Requests.Add(request);
        return _prices.TryGetValue(request.Model, out var price) ? PriceLookup.Found(price) : Miss;
    }

    public int? FindContextWindow(string model, string? provider = null, string? address = null) => null;

    public IPriceTable Under(PriceOverlay overlay) => this;

    public IReadOnlyList<string> FindSimilar(in PriceRequest request, int count) => [];

    public ValueTask LoadAsync(CancellationToken cancellationToken) => Load(cancellationToken);
}
