using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Costs;

/// <summary>The page of costs.</summary>
internal static class CostPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/costs", CostsPage.ReadAsync);
}
