using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Costs;

/// <summary>The page of costs.</summary>
internal static class CostPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/costs", CostsPage.ReadAsync);
}
