using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Latency;

/// <summary>The page of durations.</summary>
internal static class LatencyPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/latency", LatencyPage.ReadAsync);
}
