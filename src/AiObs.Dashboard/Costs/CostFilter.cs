using AiObs.Cost;
using AiObs.Dashboard.Filters;

namespace AiObs.Dashboard.Costs;

/// <summary>What of a page's filter costs are filtered by.</summary>
internal static class CostFilter
{
    public static IReadOnlyList<string> Names { get; } =
        [FilterNames.Model, FilterNames.Provider, FilterNames.User, FilterNames.Conversation, FilterNames.Session, FilterNames.Tag];

    public static CostQuery Of(PageFilter filter, DateTimeOffset now) => new()
    {
        After = filter.Start(now),
        Before = filter.End(now),
        Model = filter[FilterNames.Model],
        Provider = filter[FilterNames.Provider],
        UserId = filter[FilterNames.User],
        ConversationId = filter[FilterNames.Conversation],
        SessionId = filter[FilterNames.Session],
        Tag = filter[FilterNames.Tag],
    };
}
