using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace SupportDesk.Assistant;

/// <summary>Holds the tools of one conversation.</summary>
internal sealed class SupportTools(KnowledgeBase articles)
{
    public const string LookUpOrder = "look_up_order";
    public const string RefundOrder = "refund_order";
    public const string SearchArticles = "search_articles";

    private const int MaxRounds = 5;

    private readonly OrderBook _orders = new();

    public static void Configure(FunctionInvokingChatClient loop)
    {
        loop.MaximumIterationsPerRequest = MaxRounds;

        // The model is told what went wrong, and decides what to do about it.
        loop.IncludeDetailedErrors = true;
    }

    public IList<AITool> Create() =>
    [
        AIFunctionFactory.Create(FindOrder, LookUpOrder),
        AIFunctionFactory.Create(Refund, RefundOrder),
        AIFunctionFactory.Create(Search, SearchArticles),
    ];

    [Description("Looks an order up: what was ordered, what it cost and where it is.")]
    private Order FindOrder([Description("The number of the order, four digits.")] string orderId) => _orders.Find(orderId);

    [Description("Refunds an order in full. It cannot be undone, so the customer must have asked for it.")]
    private Refund Refund(
        [Description("The number of the order, four digits.")] string orderId,
        [Description("Why the customer wants the money back.")] string reason) => _orders.Refund(orderId, reason);

    [Description("Searches the help articles about deliveries, returns, refunds, payments and warranty.")]
    private IReadOnlyList<Article> Search([Description("What to look for.")] string query) => articles.Search(query);
}
