using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Tools;

/// <summary>The page of tools.</summary>
internal static class ToolPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/tools", ToolPage.ReadAsync);
}
