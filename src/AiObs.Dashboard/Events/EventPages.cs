using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Events;

/// <summary>The page of events.</summary>
internal static class EventPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/events", EventListPage.ReadAsync);
}
