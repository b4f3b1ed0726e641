using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Events;

/// <summary>The page of events.</summary>
internal static class EventPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/events", EventListPage.ReadAsync);
}
