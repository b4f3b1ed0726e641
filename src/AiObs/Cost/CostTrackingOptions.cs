using AiObs.Cost.Budgets;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>How calls are priced, where records go and which budgets hold.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class CostTrackingOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability:Costs</c>.</summary>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":Costs";

    /// <summary>Gets or sets a value indicating whether a cost that the provider reports stands in place of the computed one.</summary>
    /// <value>The default is <see langword="true"/>: who sends the bill knows best. Both are on the record in any case.</value>
    /// <remarks>A reported zero never replaces a computed amount. Where nothing can be computed, what is reported is the amount.</remarks>
    public bool TrustReportedCost { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether tokens are estimated from the text, where the provider reports none.</summary>
    /// <value>The default is <see langword="true"/>. Such records say <see cref="CostCompleteness.Estimated"/>; otherwise they are unpriced.</value>
    public bool EstimateMissingUsage { get; set; } = true;

    /// <summary>Gets or sets what says what a call used, for providers whose counts are read wrongly; a <see langword="null"/> result leaves it to the default.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    /// <remarks>Runs on the caller's thread after each call. What it throws is counted in <c>aiobs.faults</c>, and the default holds.</remarks>
    public Func<ModelOperation, UsageQuantities?>? MapUsage { get; set; }

    /// <summary>Gets or sets how many records the store in memory keeps before it drops the oldest.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000. It has no effect where the application registers an <see cref="ICostStore"/> of its own.</value>
    public int StoreCapacity { get; set; } = InMemoryCostStore.DefaultCapacity;

    /// <summary>Gets or sets how many records may wait for a store of the application's own before new ones are dropped.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000. Drops are counted in <c>aiobs.drops</c>.</value>
    public int StoreQueueCapacity { get; set; } = 10_000;
}
