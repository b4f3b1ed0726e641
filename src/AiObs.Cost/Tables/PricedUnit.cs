using AiObs.Cost.Pricing;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tables;

/// <summary>A unit that has a rate.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Parts">The places, on the same card, of the units that are parts of this one.</param>
internal readonly record struct PricedUnit(UsageUnit Unit, UnitRate Rate, ulong Parts);
