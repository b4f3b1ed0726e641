using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Overview;

/// <summary>The first page.</summary>
internal static class OverviewPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/", OverviewPage.ReadAsync);
}
