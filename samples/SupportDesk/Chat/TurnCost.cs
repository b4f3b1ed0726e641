namespace SupportDesk.Chat;

/// <summary>What an answer cost: the sum of its model calls.</summary>
/// <param name="Usd">How many USD; null where no call has a known price.</param>
/// <param name="IsExact">Whether each call has a price and each price is exact.</param>
/// <param name="Calls">How many model calls there were.</param>
/// <param name="InputTokens">The tokens that went in.</param>
/// <param name="OutputTokens">The tokens that came out.</param>
internal sealed record TurnCost(decimal? Usd, bool IsExact, long Calls, long InputTokens, long OutputTokens);
