namespace SupportDesk.Assistant;

/// <summary>Is an order, as the tools tell it to the model.</summary>
/// <param name="Id">The number of the order.</param>
/// <param name="Item">What was ordered.</param>
/// <param name="Price">What it cost, in USD.</param>
/// <param name="Status">Where it is.</param>
internal sealed record Order(string Id, string Item, decimal Price, string Status);
