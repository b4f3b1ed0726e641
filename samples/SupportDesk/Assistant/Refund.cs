namespace SupportDesk.Assistant;

/// <summary>Is a refund that was made.</summary>
/// <param name="RefundId">The reference of the refund.</param>
/// <param name="OrderId">The number of the order.</param>
/// <param name="Amount">How much goes back, in USD.</param>
/// <param name="Reason">Why it goes back.</param>
internal sealed record Refund(string RefundId, string OrderId, decimal Amount, string Reason);
