using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>A price, and when it holds.</summary>
internal sealed record ScheduledPrice(PriceCondition Condition, ModelPrice Price);
