using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>A price, and when it holds.</summary>
internal readonly record struct ScheduledPrice(PriceCondition Condition, ModelPrice Price);
