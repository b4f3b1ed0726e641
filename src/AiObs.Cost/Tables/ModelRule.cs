namespace AiObs.Cost.Tables;

/// <summary>A model of a provider, and by which names it goes.</summary>
internal sealed record ModelRule(string Id, TextMatch Match, PriceSchedule Prices);
