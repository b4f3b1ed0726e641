using System.Diagnostics.Metrics;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>A price book with a table of its own, a clock that stands still, and what it counts and logs.</summary>
internal sealed class PriceBookFixture : IDisposable
{
    private readonly Meter _meter;
    private readonly List<PriceBook> _books = [];

    public PriceBookFixture()
    {
        _meter = new Meter(new MeterOptions($"prices-{Guid.NewGuid():N}"));
        Metrics = new MetricCollector(_meter.Name);
        Faults = new Faults(_meter, new FakeLogger(Logs, "prices"));
    }

    public TestClock Clock { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public MetricCollector Metrics { get; }

    public Faults Faults { get; }

    public PricingOptions Options { get; } = new();

    public StubPricing Table { get; init; } = new(("gpt-4o", 10));

    /// <summary>Gets the parts that faults were counted for, in order.</summary>
    public IEnumerable<object?> FaultyParts => Metrics.Of("aiobs.faults").Select(fault => fault.Tags["aiobs.part"]);

    public static PriceRequest Ask(string model, string? provider = "openai") =>
        new(model, provider, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public PriceBook Open(params IPricingProvider[] custom) => Open(new CurrentTable(Table), custom);

    public PriceBook Open(CurrentTable table, params IPricingProvider[] custom)
    {
        var book = new PriceBook(Options, custom, Faults, new FakeLogger(Logs, "prices"), Clock, table);
        _books.Add(book);
        return book;
    }

    /// <summary>Looks up one model and says where its price came from and what a million input tokens cost.</summary>
    public static (PriceSource Source, decimal? Rate) Find(
        PriceBook book, string model, string? requested = null, IPricingProvider? own = null, string? provider = "openai")
    {
        var lookup = book.Find(Ask(model, provider), new PriceTerms(own, null, null), out var source, requested);
        return (source, lookup.Price?.Rates["input_mtok"].Base);
    }

    public PriceOverride Override(string model, decimal rate, string? provider = null)
    {
        var price = new PriceOverride { Model = model, Provider = provider };
        price.Rates["input_mtok"] = rate;
        Options.Prices.Add(price);
        return price;
    }

    public void Dispose()
    {
        _books.ForEach(book => book.Dispose());
        _meter.Dispose();
        Metrics.Dispose();
    }
}
