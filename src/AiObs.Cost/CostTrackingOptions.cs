using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>How calls are priced, where records go and which budgets hold.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class CostTrackingOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability:Costs</c>.</summary>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":Costs";

    /// <summary>The largest <see cref="StoreQueueCapacity"/>: 1,000,000.</summary>
    public const int MaxStoreQueueCapacity = 1_000_000;

    /// <summary>Gets where prices come from, beside the table in the package.</summary>
    public PricingOptions Pricing { get; private set; } = new();

    /// <summary>Gets the limits on what calls may take; see <see cref="Budget"/>.</summary>
    /// <value>Empty by default.</value>
    public IList<Budget> Budgets { get; private set; } = [];

    /// <summary>Gets how budgets set aside what calls may take.</summary>
    public ReservationOptions Reservations { get; private set; } = new();

    /// <summary>Gets how it is watched that budgets are used up too fast.</summary>
    public BurnRateOptions BurnRate { get; private set; } = new();

    /// <summary>Gets or sets a value indicating whether a cost that the provider reports stands in place of the computed one.</summary>
    /// <value>The default is <see langword="true"/>: who sends the bill knows best. Both are on the record in any case.</value>
    /// <remarks>A reported zero never replaces a computed amount. Where nothing can be computed, what is reported is the amount.</remarks>
    public bool TrustReportedCost { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether tokens are estimated from the text, where the provider reports none.</summary>
    /// <value>The default is <see langword="true"/>. Such records say <see cref="CostCompleteness.Estimated"/>; otherwise they are unpriced.</value>
    public bool EstimateMissingUsage { get; set; } = true;

    /// <summary>Gets or sets what turns the token counts of a call into priced quantities, for providers whose counts are read wrongly; a <see langword="null"/> result leaves it to the default.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    /// <remarks>Runs on the caller's thread after each call. What it throws is counted in <c>aiobs.faults</c>, and the default holds.</remarks>
    public Func<TokenUsage, IEnumerable<UsageQuantity>?>? MapUsage { get; set; }

    /// <summary>Gets or sets how many records the store in memory keeps before it drops the oldest.</summary>
    /// <value>
    /// The default is 1,000. Must lie between 1 and 1,000,000. It has no effect where the application registers an <see cref="ICostStore"/> of its
    /// own, nor on a client, which shares the store of its root.
    /// </value>
    public int StoreCapacity { get; set; } = InMemoryCostStore.DefaultCapacity;

    /// <summary>Gets or sets how many records may wait for a store, those being written included, before new ones are dropped.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000. Drops are counted in <c>aiobs.drops</c>.</value>
    public int StoreQueueCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets how many bytes of memory they may take together, roughly.</summary>
    /// <value>The default is 64 MiB. Must lie between 1,024 and 1 TiB.</value>
    public long StoreQueueCapacityBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how many users, conversations, sessions, models and so on the running totals tell apart, of each.</summary>
    /// <value>
    /// The default is 1,000. Must lie between 1 and 100,000; the least recently used roll into a row for the rest. It has no effect on a client,
    /// which shares the totals of its root.
    /// </value>
    public int AccumulatorCapacity { get; set; } = CostAccumulator.DefaultCapacity;

    /// <summary>Returns a copy that shares nothing mutable with this.</summary>
    internal CostTrackingOptions Clone() => new()
    {
        Pricing = Pricing.Clone(),
        Budgets = [.. Budgets.Select(static budget => budget.Clone())],
        Reservations = Reservations.Clone(),
        BurnRate = BurnRate.Clone(),
        TrustReportedCost = TrustReportedCost,
        EstimateMissingUsage = EstimateMissingUsage,
        MapUsage = MapUsage,
        StoreCapacity = StoreCapacity,
        StoreQueueCapacity = StoreQueueCapacity,
        StoreQueueCapacityBytes = StoreQueueCapacityBytes,
        AccumulatorCapacity = AccumulatorCapacity,
    };
}
