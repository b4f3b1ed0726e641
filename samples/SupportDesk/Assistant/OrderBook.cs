namespace SupportDesk.Assistant;

/// <summary>Holds the orders that a conversation is about. Each conversation has its own, so that refunds of one visitor are not seen by another.</summary>
internal sealed class OrderBook
{
    private const string Refunded = "refunded";

    private readonly Lock _gate = new();

    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal)
    {
        ["1001"] = new("1001", "a pair of walking boots", 129.00m, "on its way and will arrive tomorrow"),
        ["1002"] = new("1002", "a travel mug", 24.90m, "delivered since Monday"),
        ["1003"] = new("1003", "a rain jacket", 89.50m, "being packed"),
    };

    /// <summary>Returns an order.</summary>
    /// <exception cref="ArgumentException">There is no such order.</exception>
    public Order Find(string id)
    {
        lock (_gate)
        {
            return _orders.TryGetValue(id.Trim(), out var order) ? order : throw new ArgumentException($"There is no order {id}.");
        }
    }

    /// <summary>Refunds an order once.</summary>
    /// <exception cref="ArgumentException">There is no such order, or it cannot be refunded.</exception>
    public Refund Refund(string id, string reason)
    {
        lock (_gate)
        {
            var order = Find(id);
            if (order.Status == Refunded)
            {
                throw new ArgumentException($"Order {order.Id} is refunded already.");
            }

            _orders[order.Id] = order with { Status = Refunded };

            return new Refund($"R-{order.Id}", order.Id, order.Price, reason);
        }
    }
}
